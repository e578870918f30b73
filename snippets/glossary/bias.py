"""The bias is what is left when every input is zero."""

from dlcourse.scratch.neuron import Neuron

neuron = Neuron(2, nonlin=False)
neuron.bias.data = 0.5
print(neuron([0.0, 0.0]).data)
