"""Noise in one jump: one possible answer to the exercise."""

import torch

from dlcourse.tasks.noising import make_schedule


def add_noise(x, step, noise, share):
    """Return noisy examples (batch, features), each at its own step."""
    s = share[step].unsqueeze(1)  # (batch, 1): one share for each example
    return s.sqrt() * x + (1 - s).sqrt() * noise


torch.manual_seed(0)
share = make_schedule()
x = torch.randn(5000, 2).double()
noise = torch.randn(5000, 2).double()

for step in (0, 260, 1000):
    steps = torch.full((5000,), step)
    noisy = add_noise(x, steps, noise, share)
    assert noisy.shape == x.shape
    assert abs(noisy.var() - 1) < 0.05  # at every step
    expected = share[step].sqrt()  # how much of x is left
    assert abs((noisy * x).mean() - expected) < 0.05

mixed = add_noise(
    x[:2],
    torch.tensor([0, 1000]),
    noise[:2],
    share,
)
assert torch.equal(mixed[0], x[0])
assert (mixed[1] - noise[1]).abs().max() < 0.05
