"""If every input is zero, the output is the bias."""

from dlcourse.scratch.neuron import Neuron

neuron = Neuron(2, nonlin=False)  # no activation function
neuron.bias.data = 0.5

output = neuron([0.0, 0.0])
print(output.data)
