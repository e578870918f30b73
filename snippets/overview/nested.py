"""Deep learning lies inside machine learning, which lies inside AI."""

import matplotlib.pyplot as plt
from matplotlib.patches import FancyBboxPatch

axes = plt.figure(figsize=(3.7, 4.2)).gca()
box = {"boxstyle": "round,pad=0,rounding_size=0.4", "fill": False, "lw": 2.5}
for place, width, height, style in [
    ((0.0, 0.0), 10.0, 11.4, {"edgecolor": "C0"}),
    ((0.4, 0.4), 9.2, 8.1, {"edgecolor": "C1"}),
    ((0.8, 0.8), 8.4, 4.0, {"edgecolor": "C2"}),
    ((3.8, 1.2), 5.0, 5.6, {"edgecolor": "C4", "linestyle": "--"}),
]:
    axes.add_patch(FancyBboxPatch(place, width, height, **box, **style))

for place, text, weight in [
    ((0.5, 10.4), "Artificial intelligence", "bold"),
    ((0.5, 8.9), "a river puzzle solved by search,\na chess engine", "normal"),
    ((0.9, 7.4), "Machine learning", "bold"),
    ((0.9, 5.2), "a decision\ntree, a line\nfitted", "normal"),
    ((1.2, 3.1), "Deep\nlearning", "bold"),
    ((1.2, 1.4), "a deep\nforest", "normal"),
    ((4.2, 5.9), "Neural networks", "bold"),
    ((4.2, 5.1), "one perceptron", "normal"),
    ((4.2, 1.6), "a deep digit\nreader,\na translator,\na chatbot", "normal"),
]:
    axes.text(*place, text, weight=weight, size=10)
axes.axis((-0.1, 10.1, -0.1, 11.5))
axes.axis("off")
plt.show()
