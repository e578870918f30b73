"""Digits from noise by the best denoiser, with and without fresh noise."""

from itertools import pairwise

import matplotlib.pyplot as plt
import torch

from dlcourse.data.digits import load_digits
from dlcourse.tasks.noising import make_schedule

clean = load_digits().train.images.flatten(1).double() / 8 - 1
share = make_schedule()
steps = torch.linspace(1000, 0, 101).round().long()
shown = (0, 10, 20, 30, 50, 70, 80, 90, 100)

paths = []
for has_fresh_noise in (True, False):
    random = torch.Generator().manual_seed(1)
    x = torch.randn(3, 64, generator=random).double()
    path = [x]
    for step, next_step in pairwise(steps):
        s = share[step]
        next_s = share[next_step]
        distances = torch.cdist(x, s.sqrt() * clean)
        scores = -(distances**2) / (2 * (1 - s))
        guess = scores.softmax(dim=1) @ clean
        noise = (x - s.sqrt() * guess) / (1 - s).sqrt()
        drawn = (1 - s / next_s) * (1 - next_s) / (1 - s)
        kept = 1 - next_s - drawn
        x = next_s.sqrt() * guess + kept.sqrt() * noise
        if has_fresh_noise:
            fresh = torch.randn(3, 64, generator=random).double()
            x = x + drawn.sqrt() * fresh
        path.append(x)
    paths.append(path)

for step in shown:
    figure, axes = plt.subplots(2, 3, figsize=(3, 2.1))
    distances = []
    for row, path, name in zip(axes, paths, ("fresh", "none"), strict=True):
        x = path[step]
        # Three pairs of images, each of them twice in the matrix
        distances.append(torch.cdist(x, x).sum() / 6)
        for axis, image in zip(row, x, strict=True):
            axis.imshow(image.view(8, 8), cmap="gray_r", vmin=-1, vmax=1)
            axis.set(xticks=[], yticks=[])
        row[0].set_ylabel(name)
    with_fresh, without = distances
    print(f"step {step}: the samples are {with_fresh:.1f} apart", end=" ")
    print(f"with fresh noise, {without:.1f} without")
plt.show()
