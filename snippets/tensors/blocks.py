"""From a number to a batch of pictures: each a stack of the one before."""

import matplotlib.pyplot as plt
from matplotlib.patches import Rectangle

axes = plt.figure(figsize=(3.72, 4.2), layout="none").add_axes((0, 0, 1, 1))

tables = [(0, 17, 1, 1, "k"), (4, 17, 1, 4, "k"), (11, 14, 4, 4, "k")]
for left, bottom in ((1.2, 7.7), (0, 0.3), (6.4, 0.3), (12.8, 0.3)):
    for back, color in ((1.4, "C0"), (0.7, "C2"), (0, "C1")):  # front last
        tables.append((left + back, bottom + back, 4, 4, color))
for left, bottom, num_rows, num_columns, color in tables:
    for row in range(num_rows):
        for column in range(num_columns):
            spot = (left + column, bottom + row)
            axes.add_patch(Rectangle(spot, 1, 1, ec=color, fc="white"))

texts = {
    "rank 0\n( )": (0, 18.3),
    "rank 1\n(W)": (4, 18.3),
    "rank 2\n(H, W)": (11, 18.3),
    "rank 3\n(C, H, W)": (11, 9.4),
    "rank 4: (N, C, H, W), here N is 3": (1.4, -1.3),
}
texts |= zip("CHW", ((1, 12.4), (0, 9.4), (2.8, 6.7)), strict=True)
for text, place in texts.items():
    axes.text(*place, text, size=10.5)
axes.set(xlim=(-0.3, 18.5), ylim=(-1.7, 20.3), aspect="equal")
axes.axis("off")
plt.show()
