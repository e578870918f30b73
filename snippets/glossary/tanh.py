"""Tanh is a stretched sigmoid; it is steepest at 0, with slope 1."""

from dlcourse.scratch.value import Value

x = Value(0.0)
x.tanh().backward()
print(x.grad)

tanh = Value(2).tanh().data
stretched = 2 * Value(4).sigmoid().data - 1
print(f"{tanh:.4f} {stretched:.4f}")
