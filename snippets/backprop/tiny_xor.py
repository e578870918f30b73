"""The same small class trains a network: it learns XOR."""

import math
import random


class TinyValue:
    """A number that remembers its inputs, each with the slope towards it."""

    def __init__(self, data, *inputs):
        self.data = data
        self.grad = 0.0
        self.inputs = inputs

    def __add__(self, other):
        return TinyValue(self.data + other.data, (self, 1.0), (other, 1.0))

    def __mul__(self, other):
        product = self.data * other.data
        return TinyValue(product, (self, other.data), (other, self.data))

    def tanh(self):
        """Return the tanh of this value; its slope is 1 - tanh²."""
        t = math.tanh(self.data)
        return TinyValue(t, (self, 1 - t**2))

    def backward(self, slope=1.0):
        """Add the slope that arrives; pass it on times each local slope."""
        self.grad += slope
        for value, local_slope in self.inputs:
            value.backward(slope * local_slope)


generator = random.Random(0)
parameters = []  # three hidden units with 4 each, and the output's bias
for _ in range(13):
    parameters.append(TinyValue(generator.uniform(-1, 1)))


def output_of(x1, x2):
    """Return the output of three hidden units and one output unit."""
    output = parameters[12]  # its bias
    for unit in range(3):  # four parameters of each: w1, w2, b and v
        w1, w2, b, v = parameters[4 * unit : 4 * unit + 4]
        h = (w1 * x1 + w2 * x2 + b).tanh()
        output = output + v * h
    return output


cases = [(0, 0, 0), (0, 1, 1), (1, 0, 1), (1, 1, 0)]  # x1, x2, target
losses = {}
for step in range(501):
    loss = TinyValue(0.0)
    for x1, x2, target in cases:
        output = output_of(TinyValue(x1), TinyValue(x2))
        error = output + TinyValue(-target)
        loss = loss + error * error
    for parameter in parameters:
        parameter.grad = 0.0
    loss.backward()
    for parameter in parameters:
        parameter.data -= 0.05 * parameter.grad
    losses[step] = loss.data
    if step % 100 == 0:
        print(f"step {step:3}: loss {loss.data:.4f}")

for x1, x2, target in cases:
    output = output_of(TinyValue(x1), TinyValue(x2)).data
    print(f"{x1} xor {x2}: {output:5.2f}, should be {target}")
