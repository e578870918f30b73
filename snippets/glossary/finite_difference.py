"""A finite difference agrees with the slope from backpropagation."""

from dlcourse.scratch.value import Value

x = Value(0.5)
x.tanh().backward()

step = 1e-5
above = Value(0.5 + step).tanh().data
below = Value(0.5 - step).tanh().data
slope = (above - below) / (2 * step)
print(f"{x.grad:.6f} {slope:.6f}")
