"""Twenty steps on w², at five learning rates and in three ways."""

import torch

from dlcourse.scratch.optimizer import SGD
from dlcourse.scratch.value import Value


def descend(w, optimizer):
    """Take 20 steps downhill; the same lines for scratch and for PyTorch."""
    for _ in range(20):
        loss = w**2
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()


ends = {}
for learning_rate in (0.1, 0.5, 0.9, 1.0, 1.1):
    factor = 1 - 2 * learning_rate
    end = factor**20  # from w = 1
    scratch = Value(1.0)
    descend(scratch, SGD([scratch], learning_rate))
    tensor = torch.ones((), dtype=torch.float64, requires_grad=True)
    descend(tensor, torch.optim.SGD([tensor], lr=learning_rate))
    assert abs(scratch.data - end) < 1e-12 * max(1, end)
    assert abs(tensor.item() - end) < 1e-12 * max(1, end)
    ends[learning_rate] = end
    print(f"{learning_rate}: 1, {factor:.1f}, {factor**2:.2f} ... {end:.4f}")
