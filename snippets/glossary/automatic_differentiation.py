"""Differentiate a loop: it computes x ** 3, so the derivative is 3x ** 2."""

from dlcourse.scratch.value import Value

x = Value(2.0)
power = x
for _ in range(2):
    power = power * x
power.backward()
print(power.data, x.grad)
