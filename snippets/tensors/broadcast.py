"""A column and a row are stretched to the same table, and added."""

import matplotlib.pyplot as plt
import torch
from matplotlib.patches import Rectangle

column = torch.tensor([[0], [10], [20]])  # (3, 1)
row = torch.tensor([1, 2, 3, 4])  # (4,)
total = column + row  # (3, 4)

axes = plt.figure(figsize=(3.72, 1.2), layout="none").add_axes((0, 0, 1, 1))
for start, tensor, num_columns, num_rows, sign in (
    (0, column, 1, 3, "+"),
    (5, row, 4, 1, "="),
    (10, total, 4, 3, ""),
):
    for y in range(3):
        for x in range(4):
            is_real = x < num_columns and y < num_rows  # dotted: read again
            style = {"fill": False, "linestyle": "-" if is_real else ":"}
            place = (start + x, -y - 1)
            axes.add_patch(Rectangle(place, 1, 1, zorder=1 + is_real, **style))
            number = tensor.expand(3, 4)[y, x].item()
            middle = (start + x + 0.5, -y - 0.55)
            axes.text(*middle, number, size=9.5, ha="center", va="center")
    axes.text(start + 4.5, -1.5, sign, ha="center", va="center")
    axes.text(start + 2, 0.25, tuple(tensor.shape), size=10, ha="center")
axes.set(xlim=(-0.1, 14.1), ylim=(-3.1, 1.2), aspect="equal")
axes.axis("off")
plt.show()
