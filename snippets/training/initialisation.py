"""A signal through fifty layers, for four sizes of the first weights."""

import matplotlib.pyplot as plt
import torch

n, ends = 256, {}  # units in each layer
plt.figure(figsize=(3.6, 3.2))
sizes = {"1": 1, "√(2/n)": (2 / n) ** 0.5, "√(1/n)": n**-0.5, "0.01": 0.01}
for name, std in sizes.items():
    runs = []
    for seed in range(5):
        torch.manual_seed(seed)
        h, squares = torch.randn(16, n, dtype=torch.float64), []
        for _ in range(50):
            w = std * torch.randn(n, n, dtype=torch.float64)
            h = (h @ w).relu()
            squares.append(h.square().mean().item())
        runs.append(squares)
    ends[name] = [squares[-1] for squares in runs]
    plt.semilogy(range(1, 51), runs[0])
    plt.text(52, runs[0][-1], name, va="center")
plt.xlabel("layer")
plt.ylabel("mean square")
plt.yticks([1e-100, 1e-50, 1, 1e50, 1e100])
plt.show()
assert all(0.1 < end < 10 for end in ends["√(2/n)"])
assert max(*ends["√(1/n)"], *ends["0.01"]) < 1e-14
