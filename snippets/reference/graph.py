"""A neuron's computation as a graph, with the gradient of every value."""

import matplotlib.pyplot as plt

from dlcourse.draw import draw_graph
from dlcourse.scratch.value import Value

x, weight, bias = Value(2.0), Value(0.5), Value(-0.4)
output = (x * weight + bias).relu()
output.backward()

labels = {x: "x", weight: "weight", bias: "bias", output: "output"}
draw_graph(output, labels=labels)
plt.show()
