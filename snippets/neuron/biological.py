"""A biological neuron: in at the synapses, out by the axon."""

import matplotlib.pyplot as plt
import numpy as np

axes = plt.figure(figsize=(3.72, 1.7), layout="none").add_axes((0, 0, 1, 1))
along = np.linspace(0, 1, 40)
for height in (3, 2, 1):
    axes.plot([-0.4, 0.8], [height, height], "k-", linewidth=1)  # another axon
    axes.plot(1, height, "C1o", markersize=8)
    x, y = 1.3 + 2.7 * along, height + (2 - height) * along**2 * (3 - 2 * along)
    axes.plot(x, y, "C0-", linewidth=2.5)
    for start, rise in ((10, 0.3), (18, -0.3), (26, 0.25)):  # twigs
        twig = x[start] + [0, -0.55], y[start] + [0, rise]
        axes.plot(*twig, "C0-", linewidth=1)
angle = np.linspace(0, 2 * np.pi, 200)
soma = (0.62 + 0.06 * np.cos(5 * angle)) * [np.cos(angle), np.sin(angle)]
axes.plot(4.5 + soma[0], 2 + soma[1], "C2-", 4.4, 2, "ko", linewidth=2.5)
axes.fill([5.2, 5.2, 6.1], [2.35, 1.65, 2], color="C3")
axes.plot([6.1, 8.3], [2, 2], "C4-", linewidth=3)
for height in (2.6, 2, 1.4):  # each ending is a synapse on a next neuron
    axes.plot([8.3, 9], [2, height], "C4-o", markevery=[1], markersize=4)

parts = ["signals in", "synapses", "dendrites", "soma", "axon\nhillock", "axon"]
places = [(0.5, 0.3), (1, 3.6), (3.2, 0.3), (4.5, 3.1), (5.8, 0.9), (7.3, 2.5)]
for part, place in zip(parts, places, strict=True):
    axes.text(*place, part, size=10, ha="center", va="center")
axes.set(xlim=(-0.6, 9.2), ylim=(-0.4, 4), aspect="equal")
axes.axis("off")
plt.show()
