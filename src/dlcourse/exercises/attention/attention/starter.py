import torch


def attention(queries, keys, values, is_visible=None):
    """Return softmax(Q K^T / sqrt(d)) V, with no weight on hidden keys.

    Shapes: (..., num_queries, d), (..., num_keys, d), (..., num_keys, n) and
    the mask (..., num_queries, num_keys) -> (..., num_queries, n).
    """
    # TODO: compute the scores, hide keys, turn the scores into weights, and mix the values
    raise NotImplementedError
