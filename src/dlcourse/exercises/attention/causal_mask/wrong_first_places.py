# the first places
def causal_mask(num_queries, num_keys):
    return [[key <= query for key in range(num_keys)] for query in range(num_queries)]
