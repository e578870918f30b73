"""The same neuron three times: by hand, with dlcourse.scratch, with PyTorch."""

import math

import torch

from dlcourse.scratch.neuron import Neuron

x, w, b = [0.5, 0.8, 1.0], [1.0, 2.0, -0.5], -1.0

z = w[0] * x[0] + w[1] * x[1] + w[2] * x[2] + b
by_hand = 1 / (1 + math.exp(-z))

neuron = Neuron(in_features=3, nonlin=False)  # the weighted sum alone
for weight, w_i in zip(neuron.weights, w, strict=True):
    weight.data = w_i
neuron.bias.data = b
scratch = neuron(x).sigmoid().data

linear = torch.nn.Linear(in_features=3, out_features=1)  # again the sum alone
with torch.no_grad():
    linear.weight.copy_(torch.tensor([w]))  # one row for each neuron
    linear.bias.copy_(torch.tensor([b]))  # one bias for each neuron
pytorch = torch.sigmoid(linear(torch.tensor(x))).item()

ways = {"by hand": by_hand, "scratch": scratch, "nn.Linear": pytorch}
for name, y in ways.items():
    print(f"{name:<9} {y:.4f}")
assert math.isclose(by_hand, scratch)
assert math.isclose(by_hand, pytorch, rel_tol=1e-6)  # float32: seven digits
