"""The computation graph of the whole network, with all nine parameters."""

import matplotlib.pyplot as plt

from dlcourse.draw import draw_graph
from dlcourse.scratch.value import Value

numbers = {
    "w11": -1,
    "w12": 1,
    "b1": 2,
    "w21": 2,
    "w22": 1,
    "b2": -2,
    "v1": 2,
    "v2": -1,
    "c": -1,
}
parameters = [Value(number) for number in numbers.values()]
w11, w12, b1, w21, w22, b2, v1, v2, c = parameters
x1 = Value(2)
x2 = Value(3)
target = Value(1)

h1 = (w11 * x1 + w12 * x2 + b1).relu()
h2 = (w21 * x1 + w22 * x2 + b2).relu()
logit = v1 * h1 + v2 * h2 + c
y = logit.sigmoid()
loss = (y - target) ** 2
loss.backward()

labels = dict(zip(parameters, numbers, strict=True))
labels |= {x1: "x1", x2: "x2", h1: "h1", h2: "h2"}
labels |= {target: "target", logit: "logit", y: "y", loss: "loss"}
axes = draw_graph(loss, labels=labels)
for text in axes.texts:
    if text.get_text() == "gradient":
        text.set_text("slope")  # of the loss, when this value is nudged
plt.show()
