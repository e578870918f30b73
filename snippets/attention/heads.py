"""Several heads: the features are divided among them."""

import torch

from dlcourse.models.gpt import CausalSelfAttention

x = torch.randn(1, 10, 512)  # one text of 10 places, 512 features each
for num_heads in (1, 4, 8):
    layer = CausalSelfAttention(512, num_heads)
    queries, keys, values = layer.project(x)
    num_parameters = sum(weight.numel() for weight in layer.parameters())
    print(f"{num_heads} heads: queries {tuple(queries.shape)}, ", end="")
    print(f"{num_parameters:,} parameters")
