# a slope is passed on too early
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

    def backward(self):
        self.grad = 1.0
        waiting = [self]
        seen = set()
        while waiting:
            value = waiting.pop(0)
            if value in seen:
                continue
            seen.add(value)
            for operand, local_slope in value.inputs:
                operand.grad += value.grad * local_slope
                waiting.append(operand)
