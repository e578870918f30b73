"""The computation graph of the output unit: values above, gradients below."""

import matplotlib.pyplot as plt

from dlcourse.draw import draw_graph
from dlcourse.scratch.value import Value

h1, h2 = Value(3), Value(5)
v1, v2, c, target = Value(2), Value(-1), Value(-1), Value(1)

logit = v1 * h1 + v2 * h2 + c
y = logit.sigmoid()
loss = (y - target) ** 2
loss.backward()

labels = {h1: "h1", h2: "h2", v1: "v1", v2: "v2", c: "c"}
labels |= {target: "target", logit: "logit", y: "y", loss: "loss"}
draw_graph(loss, labels=labels)
plt.show()
