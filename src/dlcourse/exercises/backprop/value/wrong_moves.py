# data is changed
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
        order = []
        seen = set()

        def visit(value):
            if value in seen:
                return
            seen.add(value)
            for operand, _ in value.inputs:
                visit(operand)
            order.append(value)

        visit(self)
        self.grad = 1.0
        for value in reversed(order):
            for operand, local_slope in value.inputs:
                operand.grad += value.grad * local_slope
                operand.data -= 0.01 * operand.grad
