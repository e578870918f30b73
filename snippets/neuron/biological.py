"""A biological neuron: in at the synapses, together in the soma, out by the axon."""

import matplotlib.pyplot as plt
import numpy as np

figure, axes = plt.subplots(figsize=(7.5, 3.1))
along = np.linspace(0, 1, 40)
for height in (3, 2, 1):
    axes.plot([-0.6, 0.9], [height, height], "k-", linewidth=1.5)  # another axon
    axes.plot(1.05, height, "C1o", markersize=11)
    x, y = 1.25 + 2.75 * along, height + (2 - height) * along**2 * (3 - 2 * along)
    axes.plot(x, y, "C0-", linewidth=4)
    for start, rise in ((10, 0.3), (18, -0.3), (26, 0.25)):  # twigs
        twig = [x[start], x[start] - 0.55], [y[start], y[start] + rise]
        axes.plot(*twig, "C0-", linewidth=1.5)
angle = np.linspace(0, 2 * np.pi, 200)
radius = 0.62 + 0.06 * np.cos(5 * angle)
axes.plot(4.5 + radius * np.cos(angle), 2 + radius * np.sin(angle), "C2-", linewidth=4)
axes.plot(4.4, 2, "ko", markersize=9)  # the nucleus
axes.fill([5.15, 5.15, 6.1], [2.3, 1.7, 2.0], color="C3")
axes.plot([6.1, 8.3], [2, 2], "C4-", linewidth=5)
for height in (2.6, 2, 1.4):  # each ending is a synapse on a next neuron
    axes.plot([8.3, 8.9], [2, height], "C4-o", linewidth=2, markevery=[1])

labels = ["signals\nin", "synapses", "dendrites", "soma", "axon\nhillock", "axon"]
for x, label in zip([-0.1, 1.2, 2.7, 4.5, 5.6, 7.4], labels, strict=True):
    axes.text(x, 0.1, label, ha="center", va="center")
axes.set(xlim=(-0.6, 9.2), ylim=(-0.4, 3.6))
axes.axis("off")
plt.show()
