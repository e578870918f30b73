"""Computer vision without learning: find where ink begins and where it ends."""

import matplotlib.pyplot as plt

from dlcourse.data.digits import load_digits

digits = load_digits().test
picture = digits.images[digits.labels == 0][0, 0].int()  # (row, column)
change = picture[:, 1:] - picture[:, :-1]  # each pixel minus its left neighbor

figure, panels = plt.subplots(1, 2, figsize=(3.7, 2.2), sharey=True)
for row in range(8):
    for column in range(8):
        size = 3 * picture[row, column]
        panels[0].scatter(column, row, s=size, c="black", marker="s")
    for column in range(7):
        size = 3 * change[row, column]
        color = "C0" if size > 0 else "C1"
        panels[1].scatter(column + 0.5, row, s=abs(size), c=color, marker="s")
panels[0].set_title("ink", size=10)
panels[1].set_title("begins (blue), ends", size=10)
for panel in panels:
    panel.set(xlim=(-0.6, 7.6), ylim=(7.6, -0.6), aspect="equal")
    panel.axis("off")
plt.show()
