"""The bias moves the line where a neuron changes its mind."""

import matplotlib.pyplot as plt
import numpy as np

w = [1, 1]
x1 = np.array([-0.6, 1.8])

figure, axes = plt.subplots(figsize=(3.6, 3.8))
for b, name in ((-0.5, "OR"), (-1.5, "AND"), (-2.5, "never")):
    x2 = -(w[0] * x1 + b) / w[1]  # w1*x1 + w2*x2 + b = 0, solved for x2
    axes.plot(x1, x2)
    style = {"rotation": -45, "rotation_mode": "anchor", "va": "bottom"}
    axes.text(-b / 2, -b / 2, f"b = {b}: {name}", ha="center", **style)
for corner in ((0, 0), (0, 1), (1, 0), (1, 1)):
    axes.plot(*corner, "ko", markersize=8)
axes.set(xlabel="x₁", ylabel="x₂", xticks=[0, 1], yticks=[0, 1])
axes.set(xlim=(-0.6, 1.8), ylim=(-0.6, 1.8), aspect="equal")
axes.set_title("fires above its line")
plt.show()
