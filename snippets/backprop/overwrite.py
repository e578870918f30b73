"""A first try at automatic differentiation. It has a bug."""


class FirstTry:
    """A number that remembers its inputs, each with the slope towards it."""

    def __init__(self, data, *inputs):
        self.data = data
        self.grad = 0.0
        self.inputs = inputs

    def __add__(self, other):
        return FirstTry(self.data + other.data, (self, 1.0), (other, 1.0))

    def backward(self, slope=1.0):
        """Keep the slope that arrives; pass it on times each local slope."""
        self.grad = slope
        for value, local_slope in self.inputs:
            value.backward(slope * local_slope)


a = FirstTry(3.0)
b = a + a
b.backward()
print("slope of a + a by backward():", a.grad)

nudged = FirstTry(3.5)
difference = (nudged + nudged).data - (a + a).data
print("slope of a + a by nudging:   ", difference / 0.5)
