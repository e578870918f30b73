"""What to try first, as a chart."""

import matplotlib.pyplot as plt

steps = [
    ("Is a simple model\ngood enough?", "Keep it."),
    (
        "Is it a table whose\ncolumns have a meaning?",
        "boosted trees;\na linear model, if\nit must explain",
    ),
    ("Has a network learned\nsimilar data?", "start from\nthat network"),
    (
        "Do you have many\nexamples, each with\nneighbors or an order?",
        "a network that\nuses the\nstructure",
    ),
]
last = "Collect more examples, or measure\na few features by hand."

axes = plt.figure(figsize=(3.7, 5.2)).gca()


def write(x, y, text, color):
    """Write a text in a box, centered at a point."""
    box = {
        "boxstyle": "round",
        "facecolor": "none",
        "edgecolor": color,
    }
    middle = {"ha": "center", "va": "center"}
    axes.text(x, y, text, size=9, bbox=box, **middle)


def point(start, end):
    """Draw an arrow."""
    arrow = {
        "arrowstyle": "->",
        "shrinkA": 0,
        "shrinkB": 0,
        "color": "black",
    }
    axes.annotate("", end, start, arrowprops=arrow)


for number, (question, answer) in enumerate(steps):
    y = -2 * number  # the first question is at the top
    write(0, y, question, "C0")
    write(3.4, y, answer, "C2")
    point((1.6, y), (2.35, y))
    axes.text(1.85, y + 0.12, "yes", size=9)
    point((0, y - 0.5), (0, y - 1.45))
    axes.text(0.15, y - 1.05, "no", size=9)
write(0.9, -7.8, last, "C2")

axes.set_xlim(-1.7, 4.6)
axes.set_ylim(-8.4, 0.7)
axes.axis("off")
plt.show()
