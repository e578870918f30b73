"""Five ReLU layers and the mean square of their signal."""

import torch

torch.manual_seed(0)
factors = []
for _ in range(200):
    signal = torch.randn(128)
    before = signal.square().mean()
    for _ in range(5):
        weights = 0.25 * torch.randn(128, 128)
        signal = (weights @ signal).relu()
    factors.append((signal.square().mean() / before).item())
measured = sum(factors) / len(factors)

expected = (128 * 0.25**2 / 2) ** 5
assert 0.8 < measured / expected < 1.25  # the mean of 200 networks

answer = int(expected)
print(answer)
