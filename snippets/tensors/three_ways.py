"""A layer on a whole batch: loops, dlcourse.scratch, one matrix product."""

import torch

from dlcourse.scratch.neuron import Layer

torch.manual_seed(0)
X = torch.rand(5, 4).double()  # (N, D): five examples with four inputs each
W = torch.rand(3, 4).double()  # (K, D): a row of four weights for each neuron
b = torch.rand(3).double()  # (K,): a bias for each neuron

# 1. Three loops
loops = torch.zeros(5, 3).double()  # (N, K)
for n in range(5):
    for k in range(3):
        for d in range(4):
            loops[n, k] += X[n, d] * W[k, d]
        loops[n, k] += b[k]

# 2. With dlcourse.scratch, one example after another
layer = Layer(4, 3, nonlin=False)  # three neurons without activation
for k, neuron in enumerate(layer.neurons):
    for d, weight in enumerate(neuron.weights):
        weight.data = W[k, d].item()
    neuron.bias.data = b[k].item()
rows = []
for example in X.tolist():
    outputs = layer(example)
    rows.append([value.data for value in outputs])
scratch = torch.tensor(rows, dtype=torch.float64)

# 3. One matrix product: (N, D) @ (D, K) is (N, K); b is added to every row
product = X @ W.T + b

gaps = (product - loops).abs()
largest_gap = gaps.max()
print(tuple(product.shape), end=" ")
print("largest gap below 1e-12:", bool(largest_gap < 1e-12))
assert torch.allclose(product, scratch)
