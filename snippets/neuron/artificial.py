"""An artificial neuron: each part stands below its biological counterpart."""

import matplotlib.pyplot as plt

axes = plt.figure(figsize=(3.72, 1.7), layout="none").add_axes((0, 0, 1, 1))
text = {"ha": "center", "va": "center"}
for height, index in ((3, "₁"), (2, "₂"), (1, "₃")):
    axes.text(-0.3, height, "x" + index, size=12, **text)
    axes.plot([0, 0.8], [height, height], "k-", linewidth=1)
    axes.plot([1.3, 3.82], [height, 1.4 + 0.3 * height], "C0-", linewidth=2.5)
    axes.plot(1, height, "C1o", markersize=8)
    axes.text(1, height + 0.38, "w" + index, size=12, **text)

outline = {"facecolor": "none", "linewidth": 2.5}
axes.add_patch(plt.Circle((4.5, 2), 0.7, edgecolor="C2", **outline))
axes.text(4.5, 2, "Σ + b", size=10, **text)
axes.add_patch(plt.Rectangle((5.2, 1.65), 0.7, 0.7, edgecolor="C3", **outline))
axes.text(5.55, 2, "φ", size=12, **text)
arrow = {"color": "C4", "arrowstyle": "-|>", "linewidth": 3}
axes.annotate("", (8.6, 2), (5.9, 2), arrowprops=arrow)
axes.text(8.85, 2, "y", size=12, **text)

parts = ["inputs", "weights", "weighted\ninputs"]
parts += ["sum and bias", "activation", "output"]
places = [(0, 0.25), (1, 3.8), (2.9, 0.4), (4.5, 3.15), (5.9, 1.2), (7.3, 2.5)]
for part, place in zip(parts, places, strict=True):
    axes.text(*place, part, size=10, **text)
axes.set(xlim=(-0.6, 9.2), ylim=(-0.4, 4), aspect="equal")
axes.axis("off")
plt.show()
