"""Noisy steps on w²: a constant learning rate hovers, a falling one lands."""

import torch

from dlcourse.training.schedule import one_cycle

num_steps = 200
peak = 0.5  # the highest learning rate
spreads = {}
# "cosine" falls like (1 + cos(pi * t)) / 2, where t goes from 0 to 1
for schedule in ("constant", "linear", "cosine"):
    torch.manual_seed(0)
    w = torch.ones(10_000, dtype=torch.float64)  # 10,000 descents at once
    rates = []
    for step in range(num_steps):
        share = one_cycle(step, num_steps, warmup=0.1, schedule=schedule)
        rate = peak * share
        rates.append(rate)
        noise = torch.randn_like(w)  # as from a mini-batch
        gradient = 2 * w + noise
        w = w - rate * gradient

    spreads[schedule] = w.std().item()
    print(f"{schedule:9} rate {rates[0]:.2f}, ", end="")
    print(f"{max(rates):.2f}, {rates[-1]:.2f}: ", end="")
    print(f"spread {spreads[schedule]:.2f}")
