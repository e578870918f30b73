"""A result knows the operation and the inputs that it came from."""

from dlcourse.scratch.value import Value

a, b, c = Value(2.0), Value(3.0), Value(1.0)
result = a * b + c
print(result.operation, [value.data for value, _ in result.inputs])
product = result.inputs[0][0]
print(product.operation, [value.data for value, _ in product.inputs])
