"""Automatic differentiation in one small class."""


class TinyValue:
    """A number that remembers its inputs, each with the slope towards it."""

    def __init__(self, data, *inputs):
        self.data, self.grad, self.inputs = data, 0.0, inputs

    def __add__(self, other):
        return TinyValue(self.data + other.data, (self, 1.0), (other, 1.0))

    def __mul__(self, other):
        return TinyValue(self.data * other.data, (self, other.data), (other, self.data))

    def backward(self, gradient=1.0):
        self.grad += gradient  # arrivals from several paths add up
        for value, local_slope in self.inputs:
            value.backward(gradient * local_slope)  # the chain rule


w, x = TinyValue(3.0), TinyValue(2.0)
(w * x + w * w).backward()
print("w:", w.grad, " x:", x.grad)

assert w.grad == x.data + 2 * w.data
