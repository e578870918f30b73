"""A column and a row are stretched to the same table, and added."""

import matplotlib.pyplot as plt
import torch
from matplotlib.patches import Rectangle

column = torch.tensor([[0], [10], [20]])  # (3, 1)
row = torch.tensor([1, 2, 3, 4])  # (4,)
total = column + row  # (3, 4)

figure = plt.figure(figsize=(3.72, 1.2), layout="none")
axes = figure.add_axes((0, 0, 1, 1))


def write(x, y, text, size=11):
    """Write a text centered on a place."""
    axes.text(x, y, text, size=size, ha="center", va="center")


def draw_table(left, tensor, num_rows, num_columns):
    """Draw a tensor as a (3, 4) table; dotted cells repeat the solid ones."""
    stretched = tensor.expand(3, 4)
    for y in range(3):
        for x in range(4):
            is_solid = y < num_rows and x < num_columns
            corner = (left + x, -y - 1)
            cell = Rectangle(corner, 1, 1, fill=False)
            cell.set_linestyle(":")
            if is_solid:
                cell.set_linestyle("-")
                cell.set_zorder(2)  # above its dotted neighbors
            axes.add_patch(cell)
            number = stretched[y, x].item()
            write(left + x + 0.5, -y - 0.55, number, size=9.5)
    shape = tuple(tensor.shape)
    write(left + 2, 0.4, shape, size=10)


draw_table(0, column, num_rows=3, num_columns=1)
write(4.5, -1.5, "+")
draw_table(5, row, num_rows=1, num_columns=4)
write(9.5, -1.5, "=")
draw_table(10, total, num_rows=3, num_columns=4)
axes.set_xlim(-0.1, 14.1)
axes.set_ylim(-3.1, 1.2)
axes.set_aspect("equal")
axes.axis("off")
plt.show()
