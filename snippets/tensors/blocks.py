"""From a number to a batch of images: each a stack of the one before."""

import matplotlib.pyplot as plt
from matplotlib.patches import Rectangle

figure = plt.figure(figsize=(3.72, 4.2), layout="none")
axes = figure.add_axes((0, 0, 1, 1))


def draw_table(left, bottom, num_rows, num_columns, color):
    """Draw a table of square cells."""
    for row in range(num_rows):
        for column in range(num_columns):
            corner = (left + column, bottom + row)
            cell = Rectangle(corner, 1, 1, ec=color, fc="white")
            axes.add_patch(cell)


def draw_image(left, bottom):
    """Draw three tables one behind the other, the front one last."""
    for shift, color in ((1.4, "C0"), (0.7, "C2"), (0, "C1")):
        draw_table(left + shift, bottom + shift, 4, 4, color)


draw_table(0, 17, 1, 1, "k")
draw_table(4, 17, 1, 4, "k")
draw_table(11, 14, 4, 4, "k")
draw_image(1.2, 7.7)
for left in (0, 6.4, 12.8):  # a batch of three images
    draw_image(left, 0.3)

texts = {
    "rank 0\n( )": (0, 18.3),
    "rank 1\n(W)": (4, 18.3),
    "rank 2\n(H, W)": (11, 18.3),
    "rank 3\n(C, H, W)": (11, 9.4),
    "rank 4: (N, C, H, W), here N is 3": (1.4, -1.3),
    "C": (1, 12.4),
    "H": (0, 9.4),
    "W": (2.8, 6.7),
}
for text, (x, y) in texts.items():
    axes.text(x, y, text, size=10.5)
axes.set_xlim(-0.3, 18.5)
axes.set_ylim(-1.7, 20.3)
axes.set_aspect("equal")
axes.axis("off")
plt.show()
