"""The partial derivatives of x * y: each is the other factor."""

from dlcourse.scratch.value import Value

x = Value(3.0)
y = Value(4.0)
product = x * y

product.backward()
print(x.grad, y.grad)
