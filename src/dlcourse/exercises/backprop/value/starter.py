class Value:
    """A number that remembers how it was made, so that slopes can flow back through it."""

    def __init__(self, data):
        self.data = data
        self.grad = 0.0

    # TODO: write __add__, __mul__ and backward
    def __add__(self, other):
        raise NotImplementedError

    def __mul__(self, other):
        raise NotImplementedError

    def backward(self):
        """Write the slope of this value into the grad of every value that it is made of."""
        raise NotImplementedError
