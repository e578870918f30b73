"""The parameters of GPT-2 small, counted by hand and by PyTorch."""

import torch

from dlcourse.models.gpt import GPT

vocabulary = 50257  # tokens
context = 1024  # places
n = 768  # features of each place
num_layers = 12

embeddings = vocabulary * n + context * n
attention = n * 3 * n + 3 * n + n * n + n  # queries, keys, values; output
network = n * 4 * n + 4 * n + 4 * n * n + n  # hidden layer; output
norms = 2 * 2 * n  # two of them, with gamma and beta
block = attention + network + norms
by_hand = embeddings + num_layers * block + 2 * n  # one norm at the end

with torch.device("meta"):  # shapes only, without memory for the numbers
    gpt2 = GPT(vocabulary, context, n, num_layers, num_heads=12)
by_pytorch = sum(weight.numel() for weight in gpt2.parameters())

print(f"a block     {block:12,}")
print(f"by hand     {by_hand:12,}")
print(f"by PyTorch  {by_pytorch:12,}")
