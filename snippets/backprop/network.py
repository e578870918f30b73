"""The 2-2-1 network with one forward pass written on it."""

from math import exp

import matplotlib.pyplot as plt

from dlcourse.draw import draw_network

x1, x2 = 2, 3
w11, w12, b1 = -1, 1, 2
w21, w22, b2 = 2, 1, -2
v1, v2, c = 2, -1, -1

h1 = max(0, w11 * x1 + w12 * x2 + b1)
h2 = max(0, w21 * x1 + w22 * x2 + b2)
y = 1 / (1 + exp(-(v1 * h1 + v2 * h2 + c)))

nodes = [[f"x1\n{x1}", f"x2\n{x2}"], [f"h1\n{h1}", f"h2\n{h2}"], [f"y\n{y}"]]
weights = {  # by (layer, from, to)
    (0, 0, 0): f"{w11}",
    (0, 1, 0): f"{w12}",
    (0, 0, 1): f"{w21}",
    (0, 1, 1): f"{w22}",
    (1, 0, 0): f"{v1}",
    (1, 1, 0): f"{v2}",
}
figure = plt.figure(figsize=(3.6, 1.5), layout="none")  # fits a phone
axes = figure.add_axes((0, 0, 1, 1))
draw_network([2, 2, 1], node_labels=nodes, edge_labels=weights, axes=axes)
plt.show()
