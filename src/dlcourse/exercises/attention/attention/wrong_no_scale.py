# not divided
import torch


def attention(queries, keys, values, is_visible=None):
    scores = queries @ keys.transpose(-2, -1)
    if is_visible is not None:
        scores = scores.masked_fill(~is_visible, -torch.inf)
    return scores.softmax(dim=-1) @ values
