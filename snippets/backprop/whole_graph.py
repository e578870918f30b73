"""The computation graph of the whole network, with all nine parameters."""

import matplotlib.pyplot as plt

from dlcourse.draw import draw_graph
from dlcourse.scratch.value import Value

parameters = [Value(number) for number in (-1, 1, 2, 2, 1, -2, 2, -1, -1)]
w11, w12, b1, w21, w22, b2, v1, v2, c = parameters
x1, x2, target = Value(2), Value(3), Value(1)

h1 = (w11 * x1 + w12 * x2 + b1).relu()
h2 = (w21 * x1 + w22 * x2 + b2).relu()
logit = v1 * h1 + v2 * h2 + c
y = logit.sigmoid()
loss = (y - target) ** 2
loss.backward()

names = ["w11", "w12", "b1", "w21", "w22", "b2", "v1", "v2", "c"]
labels = dict(zip(parameters, names, strict=True))
labels |= {x1: "x1", x2: "x2", h1: "h1", h2: "h2"}
labels |= {target: "target", logit: "logit", y: "y", loss: "loss"}
draw_graph(loss, labels=labels)
plt.show()
