"""What a reader does to continue a string that repeats itself."""

import matplotlib.pyplot as plt

symbols = ["k", "r", "m", "t", "k", "r", "m", "?"]

figure, axes = plt.subplots(figsize=(4.8, 2.2), layout="constrained")
for place, symbol in enumerate(symbols):
    axes.text(place, 0, symbol, fontsize=17, ha="center", va="center")


def draw_arrow(start, end, y, color):
    """Draw a bent arrow from one letter to another, at the height y."""
    look = {"arrowstyle": "->", "color": color, "lw": 2}
    look["connectionstyle"] = "arc3,rad=0.35"
    axes.annotate("", (end, y), (start, y), arrowprops=look)


draw_arrow(6, 2, 0.3, "C0")
axes.text(4, 1.4, "1. find the same letter", ha="center")
draw_arrow(3, 7, -0.3, "C1")
axes.text(5, -1.6, "2. copy what followed it", ha="center")
axes.set(xlim=(-0.5, 7.5), ylim=(-1.8, 1.8))
axes.axis("off")
plt.show()
