"""Noisy steps on w²: a constant learning rate hovers, a falling one lands."""

import torch

from dlcourse.training.schedule import one_cycle

num_steps, peak, spreads = 200, 0.5, {}
for schedule in ("constant", "linear", "cosine"):
    torch.manual_seed(0)
    w = torch.ones(10_000, dtype=torch.float64)  # as many descents
    rates = []
    for step in range(num_steps):
        share = one_cycle(step, num_steps, warmup=0.1, schedule=schedule)
        rates.append(peak * share)
        gradient = 2 * w + torch.randn_like(w)  # as from a mini-batch
        w = w - rates[-1] * gradient
    spreads[schedule] = w.std().item()
    first, top, last = rates[0], max(rates), rates[-1]
    print(f"{schedule:9} rate {first:.2f}, {top:.2f}, {last:.2f}: ", end="")
    print(f"spread {spreads[schedule]:.2f}")
