"""Deep learning lies inside machine learning, which lies inside AI."""

import matplotlib.pyplot as plt
from matplotlib.patches import FancyBboxPatch

axes = plt.figure(figsize=(3.7, 4.2)).gca()
round_corners = "round,pad=0,rounding_size=0.4"


def draw_box(x, y, width, height, **style):
    """Draw a box with its lower left corner at (x, y)."""
    box = FancyBboxPatch(
        (x, y),
        width,
        height,
        boxstyle=round_corners,
        fill=False,
        lw=2.5,
        **style,
    )
    axes.add_patch(box)


def write(x, y, text, weight="normal"):
    """Write a text to the right of (x, y)."""
    axes.text(x, y, text, weight=weight, size=10)


draw_box(0.0, 0.0, 10.0, 11.4, edgecolor="C0")
draw_box(0.4, 0.4, 9.2, 8.1, edgecolor="C1")
draw_box(0.8, 0.8, 8.4, 4.0, edgecolor="C2")
draw_box(3.8, 1.2, 5.0, 5.6, edgecolor="C4", linestyle="--")

write(0.5, 10.4, "Artificial intelligence", "bold")
write(0.5, 8.9, "a river puzzle, a chess program,\nby search alone")
write(0.9, 7.4, "Machine learning", "bold")
write(0.9, 5.2, "a decision\ntree, a line\nfitted")
write(1.2, 3.1, "Deep\nlearning", "bold")
write(1.2, 1.4, "a deep\nforest")
write(4.2, 5.9, "Neural networks", "bold")
write(4.2, 5.1, "one neuron")
write(4.2, 1.6, "a deep digit\nclassifier,\na chatbot")

axes.set_xlim(-0.1, 10.1)
axes.set_ylim(-0.1, 11.5)
axes.axis("off")
plt.show()
