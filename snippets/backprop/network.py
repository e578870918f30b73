"""The 2-2-1 network with one forward pass written on it."""

from math import exp

import matplotlib.pyplot as plt
from matplotlib.patches import Circle

from dlcourse.draw import draw_network

x1 = 2
x2 = 3
w11 = -1
w12 = 1
b1 = 2
w21 = 2
w22 = 1
b2 = -2
v1 = 2
v2 = -1
c = -1

h1 = max(0, w11 * x1 + w12 * x2 + b1)
h2 = max(0, w21 * x1 + w22 * x2 + b2)
logit = v1 * h1 + v2 * h2 + c
y = 1 / (1 + exp(-logit))

inputs = [f"x1\n{x1}", f"x2\n{x2}"]
hidden = [f"h1\n{h1}", f"h2\n{h2}"]
nodes = [inputs, hidden, [f"y\n{y}"]]
weights = {  # by (layer, from, to)
    (0, 0, 0): f"{w11}",
    (0, 1, 0): f"{w12}",
    (0, 0, 1): f"{w21}",
    (0, 1, 1): f"{w22}",
    (1, 0, 0): f"{v1}",
    (1, 1, 0): f"{v2}",
}
figure = plt.figure(figsize=(3.6, 2), layout="none")  # fits a phone
axes = figure.add_axes((0, 0.02, 1, 0.84))
draw_network([2, 2, 1], node_labels=nodes, edge_labels=weights, axes=axes)

# Each unit that adds a bias has it written above its circle.
circles = [patch for patch in axes.patches if isinstance(patch, Circle)]
biases = [f"b1 = {b1}", f"b2 = {b2}", f"c = {c}"]
for circle, bias in zip(circles[2:], biases, strict=True):
    x, middle = circle.center
    top = middle + circle.radius
    axes.text(x, top + 2, bias, size=9, ha="center", va="bottom")
plt.show()
