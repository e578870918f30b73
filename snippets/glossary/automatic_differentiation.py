"""Automatic differentiation goes through a program's loop; the result is the derivative of x ** 3."""

from dlcourse.scratch.value import Value

x = power = Value(2.0)
for _ in range(2):
    power = power * x
power.backward()
print(power.data, x.grad)
