"""Automatic differentiation in one small class, with its visits printed."""


class TinyValue:
    """A number that remembers its inputs, each with the slope towards it."""

    def __init__(self, name, data, *inputs):
        self.name = name
        self.data = data
        self.grad = 0.0
        self.inputs = inputs

    def __add__(self, other):
        name = f"{self.name} + {other.name}"
        total = self.data + other.data
        return TinyValue(name, total, (self, 1.0), (other, 1.0))

    def __mul__(self, other):
        name = f"{self.name} * {other.name}"
        product = self.data * other.data
        return TinyValue(name, product, (self, other.data), (other, self.data))

    def backward(self, slope=1.0):
        """Add the slope that arrives; pass it on times each local slope."""
        self.grad += slope
        print(f"{self.name} gets {slope} and has {self.grad}")
        for value, local_slope in self.inputs:
            value.backward(slope * local_slope)


w = TinyValue("w", 3.0)
x = TinyValue("x", 2.0)
result = w * x + w * w
result.backward()

assert w.grad == x.data + 2 * w.data
