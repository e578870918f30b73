"""The parts of a network, with their names."""

import matplotlib.pyplot as plt
from matplotlib.patches import Circle

from dlcourse.draw import draw_network

figure = plt.figure(figsize=(3.72, 4.2), layout="none")
axes = figure.add_axes((0, 0.11, 1, 0.79))
names = [["x1", "x2", "x3"], ["h1", "h2", "h3", "h4"], ["y1", "y2"]]
draw_network([3, 4, 2], node_labels=names, axes=axes)

lowest, top = axes.get_ylim()
circles = [patch for patch in axes.patches if isinstance(patch, Circle)]
columns = sorted({circle.center[0] for circle in circles})
for x, layer in zip(columns, ("input", "hidden", "output"), strict=True):
    axes.text(x, top + 2, f"{layer}\nlayer", size=10, ha="center", va="bottom")
num_parameters = 0
for x, (before, after) in zip(columns[1:], ((3, 4), (4, 2)), strict=True):
    count = f"{before}·{after} weights\n{after} biases"
    axes.text(x - 63, lowest - 2, count, size=10, ha="center", va="top")
    num_parameters += before * after + after
plt.show()
