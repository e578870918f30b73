"""The partial derivatives of x * y: each is the other factor."""

from dlcourse.scratch.value import Value

x, y = Value(3.0), Value(4.0)
(x * y).backward()
print(x.grad, y.grad)
