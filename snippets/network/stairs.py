"""The 2-2-1 network of the stairs, with one forward pass written on it."""

import matplotlib.pyplot as plt
from matplotlib.patches import Circle

from dlcourse.draw import draw_network

x1 = 1
x2 = 1
h1 = max(0, 1 * x1 + 1 * x2 + 0)
h2 = max(0, 1 * x1 + 1 * x2 - 1)
y = 1 * h1 - 2 * h2 + 0

nodes = [
    [f"x1\n{x1}", f"x2\n{x2}"],
    [f"h1\n{h1}", f"h2\n{h2}"],
    [f"y\n{y}"],
]
weights = {  # by (layer, from, to)
    (0, 0, 0): "1",
    (0, 1, 0): "1",
    (0, 0, 1): "1",
    (0, 1, 1): "1",
    (1, 0, 0): "1",
    (1, 1, 0): "−2",
}
figure = plt.figure(figsize=(3.72, 2.0), layout="none")
axes = figure.add_axes((0, 0.1, 1, 0.9))
draw_network([2, 2, 1], node_labels=nodes, edge_labels=weights, axes=axes)

circles = [patch for patch in axes.patches if isinstance(patch, Circle)]
computing = circles[2:]  # the two inputs have no bias
biases = ["bias 0", "bias −1", "bias 0"]
for circle, bias in zip(computing, biases, strict=True):
    x, y = circle.center
    below = y - circle.radius - 4
    axes.text(x, below, bias, size=10, ha="center", va="top")
plt.show()
