# keys and queries are swapped
def causal_mask(num_queries, num_keys):
    places = range(num_keys - num_queries, num_keys)
    return [[key <= place for place in places] for key in range(num_keys)]
