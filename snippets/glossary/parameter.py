"""A 2-2-1 network has 6 weights and 3 biases."""

from dlcourse.scratch.neuron import MLP

model = MLP(2, [2, 1])
parameters = model.parameters()
print(len(parameters))
