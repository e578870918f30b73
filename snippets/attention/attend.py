"""Attention for all places at once, and the same by PyTorch's function."""

import torch
import torch.nn.functional as F


def attention(queries, keys, values):
    """Return a weighted mean of the values for each query, and the weights."""
    head_features = queries.shape[-1]
    scores = queries @ keys.T  # (queries, keys): all dot products
    scores = scores / head_features**0.5
    weights = scores.softmax(dim=-1)  # each row adds up to 1
    return weights @ values, weights


torch.manual_seed(0)
x = torch.randn(5, 8)  # 5 places with 8 features each
to_query = torch.randn(8, 4)
to_key = torch.randn(8, 4)
to_value = torch.randn(8, 4)
queries = x @ to_query  # (5, 4)
keys = x @ to_key  # (5, 4)
values = x @ to_value  # (5, 4)

result, weights = attention(queries, keys, values)
by_pytorch = F.scaled_dot_product_attention(queries, keys, values)

print("weights", tuple(weights.shape))
print("result ", tuple(result.shape))
sums = weights.sum(dim=1)
print("each row adds up to 1:", torch.allclose(sums, torch.ones(5)))
print("equal to PyTorch's:", torch.allclose(result, by_pytorch, atol=1e-5))
