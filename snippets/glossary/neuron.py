"""A neuron with the weights 0.5 and -1, the bias 2 and a ReLU."""

from dlcourse.scratch.neuron import Neuron

neuron = Neuron(in_features=2)
neuron.weights[0].data = 0.5
neuron.weights[1].data = -1.0
neuron.bias.data = 2.0

print(neuron([3.0, 1.0]).data)  # relu(0.5 * 3 - 1 * 1 + 2)
print(neuron([0.0, 4.0]).data)  # relu(0.5 * 0 - 1 * 4 + 2)
