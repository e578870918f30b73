"""The loss of a reader that knows nothing, three times the same."""

import math

import torch
from torch import nn
from torch.nn.functional import cross_entropy

from dlcourse.data.digits import load_digits
from dlcourse.scratch.value import Value

logits, label = [0.0] * 10, 3  # no digit is preferred
by_formula = -math.log(1 / 10)
total = sum((Value(logit).exp() for logit in logits), Value(0))
scratch = total.log() - logits[label]
pytorch = cross_entropy(torch.tensor([logits]), torch.tensor([label]))
assert math.isclose(by_formula, scratch.data)
assert math.isclose(by_formula, pytorch.item(), rel_tol=1e-6)
print(f"ten digits {by_formula:.4f}, yes or no {math.log(2):.4f}")

digits = load_digits().train
losses = []
for seed in range(20):
    torch.manual_seed(seed)
    layers = nn.Flatten(), nn.Linear(64, 32), nn.ReLU(), nn.Linear(32, 10)
    fresh = nn.Sequential(*layers)(digits.images / 16)
    losses.append(cross_entropy(fresh, digits.labels).item())
print(f"20 untrained networks {min(losses):.2f} to {max(losses):.2f}")
