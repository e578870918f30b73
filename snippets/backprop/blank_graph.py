"""The computation graph of the output unit, with its slopes left blank."""

import math

import matplotlib.pyplot as plt

from dlcourse.draw import draw_graph
from dlcourse.scratch.value import Value, topological_order

h1 = Value(3)
h2 = Value(5)
v1 = Value(2)
v2 = Value(-1)
c = Value(-1)
target = Value(1)

logit = v1 * h1 + v2 * h2 + c
y = logit.sigmoid()
loss = (y - target) ** 2
for value in topological_order(loss):
    value.grad = math.nan  # not a number: drawn as a question mark below
loss.grad = 1.0

labels = {h1: "h1", h2: "h2", v1: "v1", v2: "v2", c: "c"}
labels |= {target: "target", logit: "logit", y: "y", loss: "loss"}
axes = draw_graph(loss, labels=labels)
for text in axes.texts:
    if text.get_text() == "nan":
        text.set_text("?")
    elif text.get_text() == "gradient":
        text.set_text("slope")
plt.show()
