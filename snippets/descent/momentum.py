"""On a constant slope, momentum 0.9 makes steps ten times as long."""

import torch

w = torch.zeros(1, dtype=torch.float64, requires_grad=True)
optimizer = torch.optim.SGD([w], lr=0.01, momentum=0.9)
velocity = 0.0
for step in range(1, 101):
    before = w.item()
    w.grad = torch.ones_like(w)  # the slope is 1 everywhere
    optimizer.step()
    length = before - w.item()

    velocity = 0.9 * velocity + 1.0  # the formula of the text
    assert abs(length - 0.01 * velocity) < 1e-12
    if step in (1, 2, 3, 10, 100):
        print(f"step {step:3}: length {length:.4f}")
gain = length / 0.01
