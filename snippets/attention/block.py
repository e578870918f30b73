"""One block of a transformer, with the shape after each step."""

import matplotlib.pyplot as plt

parts = [  # height, text, is it a box?
    (0, "x  (batch, length, n)", False),
    (1, "layer normalization", True),
    (2, "attention: places read from places", True),
    (3, "+", False),
    (4, "layer normalization", True),
    (5, "small network, for each place alone", True),
    (6, "+", False),
    (7, "x  (batch, length, n)", False),
]

figure, axes = plt.subplots(figsize=(5, 5.4), layout="constrained")
for y, text, is_box in parts:
    box = {"boxstyle": "round,pad=0.4", "fc": "none", "ec": "C0"}
    if not is_box:
        box = {"boxstyle": "circle,pad=0.2", "fc": "none", "ec": "C1"}
    if text.startswith("x"):
        box = None
    axes.text(0, y, text, ha="center", va="center", bbox=box)
for y in range(7):
    arrow = {"arrowstyle": "->", "lw": 1.5}
    axes.annotate(
        "",
        (0, y + 0.7),
        (0, y + 0.3),
        arrowprops=arrow,
    )
for start, end in [(0.5, 3), (3.5, 6)]:  # the residual connections
    axes.plot(
        [0, 2.3, 2.3],
        [start, start, end],
        color="C1",
        lw=1.5,
    )
    arrow = {"arrowstyle": "->", "lw": 1.5, "color": "C1"}
    axes.annotate("", (0.2, end), (2.3, end), arrowprops=arrow)
    axes.text(
        2.4,
        (start + end) / 2,
        "unchanged",
        rotation=90,
        va="center",
    )
axes.set(xlim=(-2.2, 2.9), ylim=(-0.4, 7.4))
axes.axis("off")
plt.show()
