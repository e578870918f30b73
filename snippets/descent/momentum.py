"""On a steady slope, momentum 0.9 makes steps ten times as long."""

import torch

w = torch.zeros(1, dtype=torch.float64, requires_grad=True)
optimizer = torch.optim.SGD([w], lr=0.01, momentum=0.9)
velocity, by_hand = 0.0, 0.0
for step in range(1, 101):
    before = w.item()
    w.grad = torch.ones_like(w)  # the same slope everywhere
    optimizer.step()
    velocity = 0.9 * velocity + 1.0
    by_hand -= 0.01 * velocity
    assert abs(w.item() - by_hand) < 1e-9
    if step in (1, 2, 3, 10, 100):
        print(f"step {step:3}: length {before - w.item():.4f}")
gain = (before - w.item()) / 0.01
