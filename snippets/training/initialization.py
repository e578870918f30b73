"""A signal through fifty layers, for four sizes of the first weights."""

import matplotlib.pyplot as plt
import torch

n, ends = 256, []  # units in each layer
names = "1", "√(2/n)", "√(1/n)", "0.01"
std = torch.tensor([1, (2 / n) ** 0.5, n**-0.5, 0.01]).double()[:, None, None]
for seed in range(5):
    torch.manual_seed(seed)
    h, squares = torch.randn(16, n, dtype=torch.float64), []
    for _ in range(50):
        w = std * torch.randn(n, n, dtype=torch.float64)  # (4, n, n)
        h = (h @ w).relu()  # (4, 16, n)
        squares.append(h.square().mean(dim=(1, 2)))
    ends.append(squares[-1])
plt.figure(figsize=(3.6, 3.2))
for name, curve in zip(names, torch.stack(squares, dim=1), strict=True):
    plt.semilogy(range(1, 51), curve)
    plt.text(52, curve[-1], name, va="center")
plt.xlabel("layer")
plt.ylabel("mean square")
plt.yticks([1e-100, 1e-50, 1, 1e50, 1e100])
plt.show()
for wild, level, falling, gone in torch.stack(ends).tolist():
    assert wild > 1e100
    assert 0.1 < level < 10
    assert max(falling, gone) < 1e-14
