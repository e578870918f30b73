"""Automatic differentiation in one small class."""


class TinyValue:
    """A number that remembers its inputs, each with the slope towards it."""

    def __init__(self, data, *inputs):
        self.data, self.grad, self.inputs = data, 0.0, inputs

    def __add__(self, other):
        return TinyValue(self.data + other.data, (self, 1.0), (other, 1.0))

    def __mul__(self, other):
        product = self.data * other.data
        return TinyValue(product, (self, other.data), (other, self.data))

    def backward(self, gradient=1.0):
        """Add the gradient that arrives; hand it on times each slope."""
        self.grad += gradient
        for value, local_slope in self.inputs:
            value.backward(gradient * local_slope)


w, x = TinyValue(3.0), TinyValue(2.0)
(w * x + w * w).backward()
print("w:", w.grad, " x:", x.grad)

assert w.grad == x.data + 2 * w.data
