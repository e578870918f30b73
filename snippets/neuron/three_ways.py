"""The same neuron three times: by hand, with dlcourse.scratch, with PyTorch."""

import math

import torch

from dlcourse.scratch.neuron import Neuron

x = [0.5, 0.8, 1.0]
w = [1.0, 2.0, -0.5]
b = -1.0

# 1. By hand
z = w[0] * x[0] + w[1] * x[1] + w[2] * x[2] + b
by_hand = 1 / (1 + math.exp(-z))

# 2. With dlcourse.scratch. `nonlin=False` leaves its own activation out, a
# ReLU. Each weight is an object that keeps its number in `.data`.
neuron = Neuron(in_features=3, nonlin=False)
for weight, w_i in zip(neuron.weights, w, strict=True):
    weight.data = w_i
neuron.bias.data = b
weighted_sum = neuron(x)
scratch = weighted_sum.sigmoid().data

# 3. With PyTorch. A new nn.Linear has random weights; `copy_` writes ours over
# them. `no_grad` says: this is set by hand, it is not a step of training.
linear = torch.nn.Linear(in_features=3, out_features=1)
with torch.no_grad():
    linear.weight.copy_(torch.tensor([w]))  # (1, 3): one row for each neuron
    linear.bias.copy_(torch.tensor([b]))  # (1,): one bias for each neuron
weighted_sum = linear(torch.tensor(x))
pytorch = torch.sigmoid(weighted_sum).item()

print(f"by hand   {by_hand:.4f}")
print(f"scratch   {scratch:.4f}")
print(f"nn.Linear {pytorch:.4f}")
assert math.isclose(by_hand, scratch)
assert math.isclose(by_hand, pytorch, rel_tol=1e-6)  # float32: seven digits
