"""Ten thousand noisy descents on w²: none comes to rest."""

import torch

torch.manual_seed(0)
for rate in (0.5, 0.1, 0.02):
    w = torch.ones(10_000, dtype=torch.float64)
    for _ in range(200):
        noise = torch.randn_like(w)  # as from a mini-batch
        gradient = 2 * w + noise
        w = w - rate * gradient
    spread = w.std().item()
    theory = (rate / (4 * (1 - rate))) ** 0.5
    print(f"{rate:4}: spread {spread:.2f}, computed {theory:.2f}")
    assert abs(spread / theory - 1) < 0.03  # 4 standard errors of 10,000
