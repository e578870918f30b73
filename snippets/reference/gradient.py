"""One neuron from scratch: its output, and which way each weight would have to move."""

from dlcourse.scratch.neuron import Neuron
from dlcourse.scratch.optimizer import SGD

neuron = Neuron(2, nonlin=False)
neuron.weights[0].data, neuron.weights[1].data, neuron.bias.data = 1.0, -2.0, 0.5

output = neuron([3.0, 1.0])  # 1 * 3 - 2 * 1 + 0.5
output.backward()
print(output.data, [parameter.grad for parameter in neuron.parameters()])

SGD(neuron.parameters(), learning_rate=0.1).step()
print(f"after a step: {neuron([3.0, 1.0]).data:.1f}")
