"""A result stores the operation and the inputs that it came from."""

from dlcourse.scratch.value import Value

a = Value(2.0)
b = Value(3.0)
c = Value(1.0)
product = a * b
result = product + c

for node in (result, product):
    inputs = [value.data for value, _ in node.inputs]
    print(node.operation, inputs)
