"""The slope between two points of a curve, as one comes nearer to the other."""

import matplotlib.pyplot as plt
import torch


def f(x):
    """Return x² − 4x + 5."""
    return x**2 - 4 * x + 5


figure, axes = plt.subplots(figsize=(3.72, 3.4))
x = torch.linspace(0.5, 4.4, 100)
axes.plot(x, f(x), color="black")

start = (3, f(3))
for nudge in (1, 0.5):
    end = (3 + nudge, f(3 + nudge))
    slope = (end[1] - start[1]) / nudge
    label = f"nudge {nudge}: slope {slope:.1f}"
    (line,) = axes.plot(*end, "o")
    color = line.get_color()
    axes.axline(
        start,
        slope=slope,
        linestyle="--",
        color=color,
        label=label,
    )

label = "derivative: slope 2"
axes.axline(start, slope=2, color="C2", label=label)
axes.plot(*start, "ko")

axes.legend(loc="upper left")
axes.set_xlabel("x")
axes.set_ylabel("f(x)")
axes.set_ylim(-0.8, 8.5)
plt.show()
