def causal_mask(num_queries, num_keys):
    """Return for each query a row of True and False: which keys it sees.

    The queries are the last places of a text of num_keys places.
    """
    # TODO: make a row for each query, with True for its own place and those before it
    raise NotImplementedError
