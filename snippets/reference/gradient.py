"""One neuron from scratch: its output, and which way to move each weight."""

from dlcourse.scratch.neuron import Neuron
from dlcourse.scratch.optimizer import SGD

neuron = Neuron(2, nonlin=False)
for weight, number in zip(neuron.weights, (1.0, -2.0), strict=True):
    weight.data = number
neuron.bias.data = 0.5

output = neuron([3.0, 1.0])  # 1 * 3 - 2 * 1 + 0.5
output.backward()
print(output.data, [parameter.grad for parameter in neuron.parameters()])

SGD(neuron.parameters(), learning_rate=0.1).step()
print(f"after a step: {neuron([3.0, 1.0]).data:.1f}")
