"""A nerve cell above an artificial neuron, each part above its counterpart."""

import matplotlib.pyplot as plt
import numpy as np

INPUT_HEIGHTS = (3, 2, 1)
MIDDLE = 2  # the height of the soma and of the axon
CELL_NAMES = {
    "signals in": (0.5, 0.3),
    "synapses": (1, 3.6),
    "dendrites": (3.2, 0.3),
    "soma": (4.5, 3.1),
    "axon\nhillock": (5.8, 0.9),
    "axon": (7.3, 2.5),
}
SYMBOLS = {
    "x₁": (-0.3, 3),
    "x₂": (-0.3, 2),
    "x₃": (-0.3, 1),
    "w₁": (1, 3.38),
    "w₂": (1, 2.38),
    "w₃": (1, 1.38),
    "φ": (5.55, MIDDLE),
    "y": (8.85, MIDDLE),
}
ARTIFICIAL_NAMES = {
    "inputs": (0, 0.25),
    "weights": (1, 3.8),
    "weighted\ninputs": (2.9, 0.4),
    "sum and bias": (4.5, 3.15),
    "Σ + b": (4.5, MIDDLE),
    "activation": (5.9, 1.2),
    "output": (7.3, 2.5),
}


def write(axes, places, size=10):
    """Write texts, each centered on its place."""
    for text, (x, y) in places.items():
        axes.text(x, y, text, size=size, ha="center", va="center")


def draw_dendrite(axes, start_height):
    """Draw a branch that bends to the soma, with three twigs."""
    along = np.linspace(0, 1, 40)
    bend = along**2 * (3 - 2 * along)  # from 0 to 1, level at both ends
    x = 1.3 + 2.7 * along
    y = start_height + (MIDDLE - start_height) * bend
    axes.plot(x, y, "C0-", linewidth=2.5)

    for index, rise in ((10, 0.3), (18, -0.3), (26, 0.25)):
        twig_x = [x[index], x[index] - 0.55]
        twig_y = [y[index], y[index] + rise]
        axes.plot(twig_x, twig_y, "C0-", linewidth=1)


def draw_cell(axes):
    """Draw the nerve cell."""
    for height in INPUT_HEIGHTS:
        axes.plot([-0.4, 0.8], [height, height], "k-", linewidth=1)
        axes.plot(1, height, "C1o", markersize=8)
        draw_dendrite(axes, height)

    angle = np.linspace(0, 2 * np.pi, 200)
    radius = 0.62 + 0.06 * np.cos(5 * angle)
    soma_x = 4.5 + radius * np.cos(angle)
    soma_y = MIDDLE + radius * np.sin(angle)
    axes.plot(soma_x, soma_y, "C2-", linewidth=2.5)
    axes.plot(4.4, MIDDLE, "ko")  # the nucleus

    axes.fill([5.2, 5.2, 6.1], [2.35, 1.65, MIDDLE], color="C3")
    axes.plot([6.1, 8.3], [MIDDLE, MIDDLE], "C4-", linewidth=3)
    for height in (2.6, MIDDLE, 1.4):  # each ending is a synapse on a next cell
        axes.plot([8.3, 9], [MIDDLE, height], "C4-", linewidth=2)
        axes.plot(9, height, "C4o", markersize=4)

    write(axes, CELL_NAMES)


def draw_artificial(axes):
    """Draw the artificial neuron."""
    for height in INPUT_HEIGHTS:
        axes.plot([0, 0.8], [height, height], "k-", linewidth=1)
        axes.plot(1, height, "C1o", markersize=8)
        end_height = 1.4 + 0.3 * height  # the three lines end side by side
        axes.plot([1.3, 3.82], [height, end_height], "C0-", linewidth=2.5)

    circle = plt.Circle(
        (4.5, MIDDLE),
        radius=0.7,
        edgecolor="C2",
        facecolor="none",
        linewidth=2.5,
    )
    axes.add_patch(circle)

    box = plt.Rectangle(
        (5.2, 1.65),
        width=0.7,
        height=0.7,
        edgecolor="C3",
        facecolor="none",
        linewidth=2.5,
    )
    axes.add_patch(box)

    arrow = {"color": "C4", "arrowstyle": "-|>", "linewidth": 3}
    axes.annotate("", (8.6, MIDDLE), (5.9, MIDDLE), arrowprops=arrow)

    write(axes, SYMBOLS, size=12)
    write(axes, ARTIFICIAL_NAMES)


figure = plt.figure(figsize=(3.72, 3.5), layout="none")
cell_axes = figure.add_axes((0, 0.5, 1, 0.5))
artificial_axes = figure.add_axes((0, 0, 1, 0.5))
draw_cell(cell_axes)
draw_artificial(artificial_axes)
for axes in (cell_axes, artificial_axes):
    axes.set_xlim(-0.6, 9.2)
    axes.set_ylim(-0.4, 4.1)
    axes.set_aspect("equal")
    axes.axis("off")
plt.show()
