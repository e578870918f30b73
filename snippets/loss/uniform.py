"""The loss of a network that prefers no digit, and of untrained networks."""

import math

import torch
from torch import nn
from torch.nn.functional import cross_entropy

from dlcourse.data.digits import load_digits
from dlcourse.scratch.value import Value

by_formula = -math.log(1 / 10)
logits = torch.zeros(1, 10)  # one image, ten equal logits
label = torch.tensor([3])
assert math.isclose(cross_entropy(logits, label), by_formula, rel_tol=1e-6)

total = Value(0)
for _ in range(10):
    total = total + Value(0.0).exp()
scratch = total.log() - 0.0  # ln of the sum, minus the logit of the digit
assert math.isclose(scratch.data, by_formula)
print(f"ten digits {by_formula:.4f}, yes or no {math.log(2):.4f}")

digits = load_digits().train
losses = []
for seed in range(20):
    torch.manual_seed(seed)
    hidden = nn.Linear(64, 32)
    output = nn.Linear(32, 10)
    fresh = nn.Sequential(nn.Flatten(), hidden, nn.ReLU(), output)
    logits = fresh(digits.images / 16)
    losses.append(cross_entropy(logits, digits.labels).item())
print(f"20 untrained networks {min(losses):.2f} to {max(losses):.2f}")
