"""The hidden layer moves the four cases to where a line can part them."""

import matplotlib.pyplot as plt

cases = [(0, 0), (0, 1), (1, 0), (1, 1)]
moved = [(max(0, x1 + x2), max(0, x1 + x2 - 1)) for x1, x2 in cases]

figure, panels = plt.subplots(1, 2, figsize=(3.72, 2.5), width_ratios=(2, 3))
for axes, points, name in ((panels[0], cases, "x"), (panels[1], moved, "h")):
    together = {}  # what stands beside a point: all the cases that fall on it
    for case, point in zip(cases, points, strict=True):
        together.setdefault(point, []).append(f"{case[0]}, {case[1]}")
        is_on = case[0] != case[1]
        axes.plot(*point, "o", c="C1" if is_on else "black", markersize=9)
    for (right, up), names in together.items():
        is_low = len(names) > 1
        side = {"ha": "center", "va": "top" if is_low else "bottom"}
        gap = -0.16 if is_low else 0.16
        axes.text(right, up + gap, "\n".join(names), **side)
    axes.set(xlabel=f"{name}₁", ylabel=f"{name}₂", aspect="equal")
    axes.set(ylim=(-0.95, 1.7), yticks=[0, 1])
panels[0].set(xlim=(-0.5, 1.5), xticks=[0, 1], title="given")
panels[1].plot([-0.4, 2.5], [-0.45, 1.0], "C0")  # h1 - 2 h2 = 0.5
panels[1].set(xlim=(-0.5, 2.5), xticks=[0, 1, 2], title="hidden")
plt.show()
