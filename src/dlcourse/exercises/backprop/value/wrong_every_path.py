# every path is walked
class Value:
    def __init__(self, data, *inputs):
        self.data = data
        self.grad = 0.0
        self.inputs = inputs

    def __add__(self, other):
        return Value(self.data + other.data, (self, 1.0), (other, 1.0))

    def __mul__(self, other):
        product = self.data * other.data
        return Value(product, (self, other.data), (other, self.data))

    def backward(self, slope=1.0):
        self.grad += slope
        for operand, local_slope in self.inputs:
            operand.backward(slope * local_slope)
