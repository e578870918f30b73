"""The parts of a network, with their names."""

import matplotlib.pyplot as plt
from matplotlib.patches import Circle

from dlcourse.draw import draw_network

figure = plt.figure(figsize=(3.72, 4.2), layout="none")
axes = figure.add_axes((0, 0.11, 1, 0.79))
names = [
    ["x1", "x2", "x3"],
    ["h1", "h2", "h3", "h4"],
    ["y1", "y2"],
]
sizes = [3, 4, 2]
draw_network(sizes, node_labels=names, axes=axes)

lowest, top = axes.get_ylim()
circles = [patch for patch in axes.patches if isinstance(patch, Circle)]
columns = sorted({circle.center[0] for circle in circles})  # x of each layer
layers = ["input", "hidden", "output"]
for x, layer in zip(columns, layers, strict=True):
    text = f"{layer}\nlayer"
    axes.text(x, top + 2, text, size=10, ha="center", va="bottom")

num_parameters = 0
for index in (1, 2):  # 0 is the input layer
    before = sizes[index - 1]
    after = sizes[index]
    num_weights = before * after
    num_parameters += num_weights + after
    x = columns[index] - 63
    y = lowest - 2
    count = f"{before}·{after} weights\n{after} biases"
    axes.text(x, y, count, size=10, ha="center", va="top")
plt.show()
