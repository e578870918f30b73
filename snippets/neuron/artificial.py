"""An artificial neuron: each part stands below its biological counterpart."""

import matplotlib.pyplot as plt

figure, axes = plt.subplots(figsize=(7.5, 3.1))
soma = (4.5, 2)
rows = [(3, "x₁", "w₁"), (2, "x₂", "w₂"), (1, "x₃", "w₃")]
for height, name, weight in rows:
    axes.plot([0.1, 0.9], [height, height], "k-", linewidth=1.5)
    axes.text(-0.2, height, name, ha="center", va="center", size=14)
    axes.plot([1.3, 3.82], [height, 2 + 0.3 * (height - 2)], "C0-", linewidth=4)
    axes.plot(1.05, height, "C1o", markersize=11)
    axes.text(1.05, height + 0.22, weight, ha="center", va="bottom", size=14)

outline = {"facecolor": "none", "linewidth": 4}
axes.add_patch(plt.Circle(soma, 0.72, edgecolor="C2", **outline))
axes.text(*soma, "Σ + b", ha="center", va="center", size=13)
axes.add_patch(plt.Rectangle((5.35, 1.65), 0.7, 0.7, edgecolor="C3", **outline))
axes.text(5.7, 2, "φ", ha="center", va="center", size=16)
axes.plot([5.25, 5.3], [2, 2], "k-", linewidth=1.5)
arrow = {"color": "C4", "arrowstyle": "-|>", "linewidth": 5}
axes.annotate("", (8.5, 2), (6.1, 2), arrowprops=arrow)
axes.text(8.8, 2, "y", ha="center", va="center", size=16)

labels = ["inputs", "weights", "weighted\ninputs", "sum\nand bias", "activation", "output"]
for x, label in zip([-0.1, 1.2, 2.7, 4.4, 5.8, 7.4], labels, strict=True):
    axes.text(x, 0.1, label, ha="center", va="center")
axes.set(xlim=(-0.6, 9.2), ylim=(-0.4, 3.6))
axes.axis("off")
plt.show()
