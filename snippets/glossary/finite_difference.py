"""A finite difference agrees with the gradient from backpropagation."""

from dlcourse.scratch.value import Value

x, step = Value(0.5), 1e-5
x.tanh().backward()
difference = Value(0.5 + step).tanh() - Value(0.5 - step).tanh()
slope = difference.data / (2 * step)
print(f"{x.grad:.6f} {slope:.6f}")
