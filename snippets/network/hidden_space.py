"""The hidden layer moves the four cases to where a line can separate them."""

import matplotlib.pyplot as plt

cases = [(0, 0), (0, 1), (1, 0), (1, 1)]
hidden = []
for x1, x2 in cases:
    h1 = max(0, x1 + x2)
    h2 = max(0, x1 + x2 - 1)
    hidden.append((h1, h2))


def draw_cases(axes, points):
    """Draw each case at its point; orange where the light is on."""
    for (x1, x2), point in zip(cases, points, strict=True):
        color = "black"
        if x1 != x2:
            color = "C1"
        axes.plot(*point, "o", color=color, markersize=9)


figure, panels = plt.subplots(1, 2, figsize=(3.72, 2.5), width_ratios=(2, 3))
left, right = panels
for axes in panels:
    axes.set_ylim(-0.95, 1.7)
    axes.set_yticks([0, 1])
    axes.set_aspect("equal")

draw_cases(left, cases)
for x1, x2 in cases:
    left.text(x1, x2 + 0.2, f"{x1}, {x2}", ha="center")
left.set_title("given")
left.set_xlabel("x₁")
left.set_ylabel("x₂")
left.set_xlim(-0.5, 1.5)
left.set_xticks([0, 1])

draw_cases(right, hidden)
right.text(0, 0.2, "0, 0", ha="center")
right.text(1, -0.16, "0, 1\n1, 0", ha="center", va="top")  # on one point
right.text(2, 1.2, "1, 1", ha="center")
right.plot([-0.4, 2.5], [-0.45, 1.0], "C0")  # h1 - 2 h2 = 0.5
right.set_title("hidden")
right.set_xlabel("h₁")
right.set_ylabel("h₂")
right.set_xlim(-0.5, 2.5)
right.set_xticks([0, 1, 2])
plt.show()
