"""The computation graph of the output unit: values above, slopes below."""

import matplotlib.pyplot as plt

from dlcourse.draw import draw_graph
from dlcourse.scratch.value import Value

h1 = Value(3)
h2 = Value(5)
v1 = Value(2)
v2 = Value(-1)
c = Value(-1)
target = Value(1)

logit = v1 * h1 + v2 * h2 + c
y = logit.sigmoid()
loss = (y - target) ** 2
loss.backward()

labels = {h1: "h1", h2: "h2", v1: "v1", v2: "v2", c: "c"}
labels |= {target: "target", logit: "logit", y: "y", loss: "loss"}
axes = draw_graph(loss, labels=labels)
for text in axes.texts:
    if text.get_text() == "gradient":
        text.set_text("slope")  # of the loss, when this value is nudged
plt.show()
