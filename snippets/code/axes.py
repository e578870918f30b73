"""A table of two rows, its sums along dim 0 and its sums along dim 1."""

import matplotlib.pyplot as plt
import torch
from matplotlib.patches import Rectangle

table = torch.tensor(
    [
        [2, 0, 4],
        [3, 1, 1],
    ]
)
sums_down = table.sum(dim=0)
sums_across = table.sum(dim=1)

figure = plt.figure(figsize=(3.72, 2.6), layout="none")
axes = figure.add_axes((0, 0, 1, 1))


def draw_cell(column, row, number, color):
    """Draw a square with a number in it."""
    square = Rectangle(
        (column, -row),
        width=1,
        height=1,
        edgecolor=color,
        facecolor="white",
    )
    axes.add_patch(square)
    place = (column + 0.5, -row + 0.45)
    text = str(int(number))
    axes.text(*place, text, ha="center", va="center")


def draw_arrow(start, end, color):
    """Draw an arrow between two places."""
    style = {
        "arrowstyle": "->",
        "linewidth": 1.5,
        "color": color,
    }
    axes.annotate("", xy=end, xytext=start, arrowprops=style)


for row in range(2):
    for column in range(3):
        number = table[row, column]
        draw_cell(column, row, number, "black")

for column in range(3):
    middle = column + 0.5
    draw_arrow((middle, -1.1), (middle, -1.95), "C0")
    draw_cell(column, 3, sums_down[column], "C0")

for row in range(2):
    middle = 0.5 - row
    draw_arrow((3.1, middle), (3.95, middle), "C1")
    draw_cell(4, row, sums_across[row], "C1")

axes.text(0, 1.15, "table (2, 3)")
axes.text(4, 1.15, "sum(dim=1)\n(2,)")
axes.text(3.2, -2.6, "sum(dim=0)  (3,)")
axes.set_xlim(-0.1, 6.1)
axes.set_ylim(-3.1, 2.1)
axes.set_aspect("equal")
axes.axis("off")
plt.show()
