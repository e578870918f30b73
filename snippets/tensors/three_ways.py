"""A layer on a whole batch: loops, dlcourse.scratch, one matrix product."""

import torch

from dlcourse.scratch.neuron import Layer

torch.manual_seed(0)
x = torch.rand(5, 4, dtype=torch.float64)  # (N, D): examples, inputs
w = torch.rand(4, 3, dtype=torch.float64)  # (D, K): a column a neuron
b = torch.rand(3, dtype=torch.float64)  # (K,)

loops = torch.zeros(5, 3, dtype=torch.float64)
for n in range(5):
    for k in range(3):
        for d in range(4):
            loops[n, k] += x[n, d] * w[d, k]
        loops[n, k] += b[k]

layer = Layer(4, 3, nonlin=False)
for k, neuron in enumerate(layer.neurons):
    for d, weight in enumerate(neuron.weights):
        weight.data = w[d, k].item()
    neuron.bias.data = b[k].item()
scratch = [[value.data for value in layer(example)] for example in x.tolist()]

product = x @ w + b  # (N, D) @ (D, K) is (N, K); b goes to every row
print(tuple(product.shape), "largest gap below 1e-12:", end=" ")
print(bool((product - loops).abs().max() < 1e-12))
assert torch.allclose(product, torch.tensor(scratch, dtype=torch.float64))
