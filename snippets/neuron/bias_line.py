"""The bias moves the line at which a neuron changes its output."""

import matplotlib.pyplot as plt
import numpy as np

w1 = 1
w2 = 1
x1 = np.array([-0.6, 1.8])  # two points are enough for a straight line

figure, axes = plt.subplots(figsize=(3.6, 3.8))
for b, name in ((-0.5, "OR"), (-1.5, "AND"), (-2.5, "never")):
    x2 = -(w1 * x1 + b) / w2  # w1*x1 + w2*x2 + b = 0, solved for x2
    axes.plot(x1, x2)
    middle = -b / 2
    axes.text(
        middle,
        middle,
        f"b = {b}: {name}",
        ha="center",
        va="bottom",
        rotation=-45,
        rotation_mode="anchor",
    )

for corner_x1 in (0, 1):
    for corner_x2 in (0, 1):
        axes.plot(corner_x1, corner_x2, "ko", markersize=8)
axes.set(xlabel="x₁", ylabel="x₂", xticks=[0, 1], yticks=[0, 1])
axes.set(xlim=(-0.6, 1.8), ylim=(-0.6, 1.8), aspect="equal")
axes.set_title("fires above its line")
plt.show()
