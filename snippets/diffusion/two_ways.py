"""Noise in a thousand small steps, and in one jump."""

import torch
from sklearn.datasets import make_moons

points, _ = make_moons(5000, noise=0.05, random_state=0)
points = torch.tensor(points)  # (5000, 2)
points = (points - points.mean(dim=0)) / points.std(dim=0)

beta = torch.linspace(0.0001, 0.02, 1000).double()  # variance added at a step
share = (1 - beta).cumprod(dim=0)  # of the variance: still the data's

torch.manual_seed(0)
x = points
print("step    share  variance         products")
print("              steps  jump   steps    jump  √share")
for step in range(1, 1001):
    b = beta[step - 1]
    x = (1 - b).sqrt() * x + b.sqrt() * torch.randn_like(x)
    if step in (1, 100, 260, 500, 1000):
        s = share[step - 1]
        jump = s.sqrt() * points + (1 - s).sqrt() * torch.randn_like(x)
        row = f"{step:4}{s:9.5f}{x.var():7.2f}{jump.var():6.2f}"
        row += f"{(x * points).mean():8.2f}{(jump * points).mean():8.2f}"
        print(f"{row}{s.sqrt():8.2f}")
