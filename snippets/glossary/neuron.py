"""A neuron with weights 0.5 and -1 and bias 2: relu(0.5 * 3 - 1 * 1 + 2), then relu(0.5 * 0 - 1 * 4 + 2)."""

from dlcourse.scratch.neuron import Neuron

neuron = Neuron(2)
for parameter, number in zip(neuron.parameters(), [0.5, -1.0, 2.0], strict=True):
    parameter.data = number
print(neuron([3.0, 1.0]).data, neuron([0.0, 4.0]).data)
