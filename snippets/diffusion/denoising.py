"""Digits from noise by the best denoiser, with and without fresh noise."""

from itertools import pairwise

import matplotlib.pyplot as plt
import torch

from dlcourse.data.digits import load_digits
from dlcourse.tasks.noising import make_schedule

clean = load_digits().train.images.flatten(1).double() / 8 - 1
share = make_schedule()
steps = torch.linspace(1000, 0, 101).round().long()
shown = (0, 50, 70, 80, 90, 100)

figure, axes = plt.subplots(6, 6, figsize=(3.6, 3.8))
for first_row, has_fresh_noise in ((0, True), (3, False)):
    random = torch.Generator().manual_seed(1)
    x = torch.randn(3, 64, generator=random).double()
    frames = [x]
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
        frames.append(x)
    for column, step in enumerate(shown):
        for row in range(3):
            axis = axes[first_row + row, column]
            image = frames[step][row].view(8, 8)
            axis.imshow(image, cmap="gray_r", vmin=-1, vmax=1)
            axis.set(xticks=[], yticks=[])
            if column == 0:
                axis.set_ylabel("fresh" if has_fresh_noise else "none")
for axis, step in zip(axes[0], shown, strict=True):
    axis.set_title(f"step {step}", fontsize=8)
plt.show()
