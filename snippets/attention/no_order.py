"""Without positions, attention does not see the order of its inputs."""

import torch
import torch.nn.functional as F

torch.manual_seed(0)
to_queries = torch.randn(8, 8)
to_keys = torch.randn(8, 8)
to_values = torch.randn(8, 8)


def self_attention(x):
    """Let each place read from all places."""
    queries = x @ to_queries
    keys = x @ to_keys
    return F.scaled_dot_product_attention(queries, keys, x @ to_values)


x = torch.randn(6, 8)  # 6 places
positions = torch.randn(6, 8)  # a row of numbers for each position
order = torch.tensor([3, 0, 5, 1, 4, 2])

moved = self_attention(x)[order]  # first read, then change the order
moved_before = self_attention(x[order])  # the other way round
print("without positions:", torch.allclose(moved, moved_before, atol=1e-5))

moved = self_attention(x + positions)[order]
moved_before = self_attention(x[order] + positions)
print("with positions:   ", torch.allclose(moved, moved_before, atol=1e-5))
