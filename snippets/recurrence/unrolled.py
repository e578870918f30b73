"""A recurrent network as a loop, and the same network unrolled over time."""

import matplotlib.pyplot as plt

ARROW = {"arrowstyle": "->", "color": "k", "shrinkA": 0, "shrinkB": 0}
BOX = {"boxstyle": "round,pad=0.45", "facecolor": "none", "edgecolor": "C0"}
MIDDLE = 1.5


def draw_step(axes, x, number):
    """Draw a step with its input and its output."""
    axes.text(
        x,
        MIDDLE,
        "W, U, b",
        ha="center",
        va="center",
        bbox=BOX,
    )
    axes.text(x, 0.1, f"x{number}", ha="center", va="center")
    axes.text(x, 2.9, f"h{number}", ha="center", va="center")
    axes.annotate("", (x, 1.1), (x, 0.4), arrowprops=ARROW)
    axes.annotate("", (x, 2.6), (x, 1.9), arrowprops=ARROW)


figure, axes = plt.subplots(figsize=(5.6, 2.2))
draw_step(axes, 0, "ₜ")
loop = {**ARROW, "connectionstyle": "arc3,rad=-1.8", "color": "C1"}
axes.annotate("", (0.62, 1.25), (0.62, 1.75), arrowprops=loop)
axes.text(1.7, MIDDLE, "=", ha="center", va="center", size=14)

steps = ("₁", "₂", "₃")
for place, number in enumerate(steps):
    x = 3.2 + 1.9 * place
    draw_step(axes, x, number)
    arrow = {**ARROW, "color": "C1"}
    axes.annotate(
        "",
        (x - 0.6, MIDDLE),
        (x - 1.3, MIDDLE),
        arrowprops=arrow,
    )
    before = "0" if place == 0 else f"h{steps[place - 1]}"
    axes.text(
        x - 0.95,
        MIDDLE + 0.35,
        before,
        ha="center",
    )

axes.set(xlim=(-1.5, 7.8), ylim=(-0.2, 3.2))
axes.axis("off")
plt.show()
