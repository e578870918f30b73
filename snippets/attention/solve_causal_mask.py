"""An answer to the exercise attention/causal_mask."""

import torch


def causal_mask(num_queries, num_keys):
    """Return which keys each query sees; the queries are the last places."""
    places = torch.arange(num_keys)
    query_places = torch.arange(num_keys - num_queries, num_keys)
    return places <= query_places.unsqueeze(1)


mask = causal_mask(2, 4)
assert mask.tolist() == [[True, True, True, False], [True, True, True, True]]
assert causal_mask(1, 2).tolist() == [[True, True]]
