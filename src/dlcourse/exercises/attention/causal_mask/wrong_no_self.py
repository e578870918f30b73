# no place sees itself
def causal_mask(num_queries, num_keys):
    places = range(num_keys - num_queries, num_keys)
    return [[key < place for key in range(num_keys)] for place in places]
