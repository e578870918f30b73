"""The paths of the two-number game."""

import matplotlib.pyplot as plt


def play(kind, num_steps, step_size=0.1):
    """Return the points and the slopes after each step."""
    point = 1.0
    slope = 0.0
    points = [point]
    slopes = [slope]
    for _ in range(num_steps):
        gradient = -point
        if kind == "with R1":
            gradient = gradient - slope
        new_slope = slope + step_size * gradient
        seen = slope if kind == "simultaneous" else new_slope
        point = point + step_size * seen
        slope = new_slope
        points.append(point)
        slopes.append(slope)
    return points, slopes


kinds = ("simultaneous", "alternating", "with R1")
figure, panels = plt.subplots(
    1,
    3,
    figsize=(4.9, 2.3),
    sharey=True,
)
for axes, kind in zip(panels, kinds, strict=True):
    points, slopes = play(kind, num_steps=200)
    axes.plot(points, slopes, linewidth=1.2)
    axes.plot(points[0], slopes[0], "C1o")  # the start
    axes.plot(0, 0, "k+", markersize=10)
    axes.set_title(kind, fontsize=10)
    axes.set_xlabel("point")
    axes.set_xlim(-2.8, 2.8)
    axes.set_ylim(-2.8, 2.8)
    axes.set_aspect("equal")
panels[0].set_ylabel("slope")
plt.show()
