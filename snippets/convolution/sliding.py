"""Draw one step of the sliding window with its nine products."""

import matplotlib.pyplot as plt
import torch
from matplotlib.patches import Rectangle

image = torch.zeros(5, 5)
image[:3, 2:] = 1.0  # white in the upper right
kernel = torch.tensor([[-1.0, 0.0, 1.0]]).repeat(3, 1)
feature_map = torch.conv2d(image[None, None], kernel[None, None])[0, 0]
row, column = 1, 1  # the place that is drawn
value = feature_map[row, column].item()

figure, axes = plt.subplots(
    1,
    3,
    figsize=(7, 2.9),
    width_ratios=[5, 3, 3],
)
titles = ["image", "kernel", "feature map"]
marked = [(column, row, 3, 3), None, (column, row, 1, 1)]
for ax, title, numbers, mark in zip(
    axes,
    titles,
    [image, kernel, feature_map],
    marked,
    strict=True,
):
    height, width = numbers.shape
    ax.set(xlim=(-0.05, width + 0.05), ylim=(height + 0.05, -0.05))
    ax.set_aspect("equal")
    ax.axis("off")
    ax.set_title(title, fontsize=12)
    for r in range(height):
        for c in range(width):
            ax.add_patch(
                Rectangle(
                    (c, r),
                    1,
                    1,
                    fill=False,
                    linewidth=0.6,
                )
            )
            number = f"{numbers[r, c].item():.0f}"
            ax.text(
                c + 0.5,
                r + 0.5,
                number,
                ha="center",
                va="center",
            )
    if mark is not None:
        x, y, w, h = mark
        frame = Rectangle(
            (x, y),
            w,
            h,
            fill=False,
            linewidth=3,
            color="C1",
        )
        ax.add_patch(frame)
plt.show()
