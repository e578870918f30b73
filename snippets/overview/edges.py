"""Computer vision without learning: find where ink begins and where it ends."""

import matplotlib.pyplot as plt

from dlcourse.data.digits import load_digits

digits = load_digits().test
zeros = digits.images[digits.labels == 0]
image = zeros[0, 0].int()  # (8, 8): row, column
change = image[:, 1:] - image[:, :-1]  # each pixel minus its left neighbor

figure, panels = plt.subplots(1, 2, figsize=(3.7, 2.2), sharey=True)
ink, edges = panels
for row in range(8):
    for column in range(8):
        size = 3 * image[row, column]
        ink.scatter(column, row, s=size, c="black", marker="s")
    for column in range(7):
        size = 3 * change[row, column]
        color = "C1"
        if size > 0:
            color = "C0"
        place = column + 0.5  # between the two pixels
        edges.scatter(place, row, s=abs(size), c=color, marker="s")

ink.set_title("ink", size=10)
edges.set_title("begins (blue), ends", size=10)
for panel in panels:
    panel.set_xlim(-0.6, 7.6)
    panel.set_ylim(7.6, -0.6)  # row 0 is at the top
    panel.set_aspect("equal")
    panel.axis("off")
plt.show()
