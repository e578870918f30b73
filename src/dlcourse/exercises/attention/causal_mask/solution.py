def causal_mask(num_queries, num_keys):
    """Return for each query a row of True and False: which keys it sees.

    The queries are the last places of a text of num_keys places.
    """
    rows = []
    for place in range(num_keys - num_queries, num_keys):  # of the queries in the text
        rows.append([key <= place for key in range(num_keys)])
    return rows
