"""Deep learning lies inside machine learning, which lies inside AI."""

import matplotlib.pyplot as plt
from matplotlib.patches import FancyBboxPatch

axes = plt.figure(figsize=(5.2, 5.4)).gca()
box = {"boxstyle": "round,pad=0,rounding_size=0.4", "fill": False, "lw": 2.5}
for place, width, height, style in [
    ((0.0, 0.0), 10.0, 10.6, {"edgecolor": "C0"}),
    ((0.5, 0.5), 9.0, 7.2, {"edgecolor": "C1"}),
    ((1.0, 1.0), 8.0, 3.5, {"edgecolor": "C2"}),
    ((3.9, 1.4), 4.7, 4.9, {"edgecolor": "C4", "linestyle": "--"}),
]:
    axes.add_patch(FancyBboxPatch(place, width, height, **box, **style))

for place, text, colour in [
    ((0.5, 9.7), "Artificial intelligence", "C0"),
    ((0.5, 8.2), "a river puzzle solved by search,\na chess engine", "k"),
    ((1.0, 7.0), "Machine learning", "C1"),
    ((1.0, 5.3), "a decision tree,\nten mean\npictures", "k"),
    ((1.4, 3.3), "Deep\nlearning", "C2"),
    ((1.4, 1.6), "a deep\nforest", "k"),
    ((4.3, 5.6), "Neural networks", "C4"),
    ((4.3, 4.8), "one perceptron", "k"),
    ((4.3, 1.9), "a network that\nreads digits,\na translator, a chatbot", "k"),
]:
    axes.text(*place, text, color=colour, size=11 if colour == "k" else 12.5)
axes.axis((-0.1, 10.1, -0.1, 10.7))
axes.axis("off")
plt.show()
