import torch


def attention(queries, keys, values, is_visible=None):
    """Return softmax(Q K^T / sqrt(d)) V, with no weight on hidden keys.

    Shapes: (..., num_queries, d), (..., num_keys, d), (..., num_keys, n) and
    the mask (..., num_queries, num_keys) -> (..., num_queries, n).
    """
    scores = queries @ keys.transpose(-2, -1)  # (..., num_queries, num_keys)
    scores = scores / queries.shape[-1] ** 0.5
    if is_visible is not None:
        scores = scores.masked_fill(~is_visible, -torch.inf)  # ~ is "not"
    return scores.softmax(dim=-1) @ values
