"""The cell of an LSTM: a line that carries the memory, and three gates."""

import matplotlib.pyplot as plt

ARROW = {"arrowstyle": "->", "color": "k", "shrinkA": 0, "shrinkB": 0}
TOP = 3.6  # height of the cell state
BUS = 0.4  # height of the input and the hidden state
GATES = {  # its place, its function, its name
    "f": (1.2, "σ", "forget gate"),
    "i": (2.9, "σ", "input gate"),
    "g": (4.6, "tanh", "candidate"),
    "o": (6.3, "σ", "output gate"),
}


def join(axes, start, end, color="k"):
    """Draw an arrow."""
    axes.annotate(
        "",
        end,
        start,
        arrowprops={**ARROW, "color": color},
    )


def draw_operation(axes, place, symbol, color):
    """Draw a small circle with a symbol."""
    circle = {"boxstyle": "circle,pad=0.15", "edgecolor": color}
    circle["facecolor"] = "w"  # it hides the line behind it
    style = {"ha": "center", "va": "center"}
    axes.text(*place, symbol, **style, bbox=circle)


figure, axes = plt.subplots(figsize=(5.6, 3.4))
join(axes, (0, TOP), (8.2, TOP), "C1")
axes.plot([0, 6.3], [BUS, BUS], "k-", linewidth=1)
for letter, (x, function, name) in GATES.items():
    box = {"boxstyle": "round,pad=0.3", "facecolor": "none", "edgecolor": "C0"}
    axes.text(
        x,
        1.5,
        function,
        ha="center",
        va="center",
        bbox=box,
    )
    axes.text(x, 0.85, name, ha="center", va="center", size=8.5)
    axes.plot([x, x], [BUS, 0.65], "k-", linewidth=1)
    axes.text(x + 0.15, 2.05, letter, style="italic")

join(axes, (1.2, 1.85), (1.2, TOP - 0.25))
draw_operation(axes, (1.2, TOP), "×", "C1")
axes.plot([4.6, 4.6], [1.85, 2.6], "k-", linewidth=1)
join(axes, (4.6, 2.6), (3.95, 2.6))
axes.plot([2.9, 2.9], [1.85, 2.6], "k-", linewidth=1)
join(axes, (2.9, 2.6), (3.45, 2.6))
draw_operation(axes, (3.7, 2.6), "×", "k")
join(axes, (3.7, 2.85), (3.7, TOP - 0.25))
draw_operation(axes, (3.7, TOP), "+", "C1")
axes.plot([7.2, 7.2], [TOP, 3.15], "C1-")
axes.text(7.2, 3.0, "tanh", ha="center", va="center", size=9)
join(axes, (7.2, 2.8), (7.2, 2.25))
draw_operation(axes, (7.2, 2.0), "×", "k")
axes.plot([6.3, 6.3], [1.85, 2.0], "k-", linewidth=1)
join(axes, (6.3, 2.0), (6.95, 2.0))
join(axes, (7.45, 2.0), (8.2, 2.0))

labels = {
    "cell state\nbefore": (-0.1, TOP),
    "input and\nhidden state": (-0.1, BUS),
}
for text, place in labels.items():
    axes.text(*place, text, ha="right", va="center", size=9)
axes.text(8.3, TOP, "cell state", va="center", size=9)
axes.text(8.3, 2.0, "hidden\nstate", va="center", size=9)
axes.set(xlim=(-1.8, 9.8), ylim=(0, 4.1))
axes.axis("off")
plt.show()
