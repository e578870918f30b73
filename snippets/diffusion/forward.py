"""Two moons that dissolve into noise."""

import matplotlib.pyplot as plt
import torch
from sklearn.datasets import make_moons

from dlcourse.tasks.noising import add_noise, make_schedule

points, is_lower = make_moons(300, noise=0.05, random_state=0)
points = torch.tensor(points)
points = (points - points.mean(dim=0)) / points.std(dim=0)
share = make_schedule()  # 1001 numbers, from 1 to 0.00004
torch.manual_seed(0)
noise = torch.randn_like(points)

figure, axes = plt.subplots(2, 2, figsize=(3.6, 3.6))
for axis, step in zip(axes.flatten(), (0, 100, 260, 1000), strict=True):
    noisy = add_noise(points, noise, share[step].expand(300))
    for moon, marker in enumerate("o^"):
        chosen = noisy[is_lower == moon]
        axis.plot(
            chosen[:, 0],
            chosen[:, 1],
            marker,
            markersize=2,
        )
    axis.set(
        xlim=(-3.2, 3.2),
        ylim=(-3.2, 3.2),
        xticks=[],
        yticks=[],
    )
    axis.set_title(f"step {step}", fontsize=10)
plt.show()
