"""Tanh is 0 at 0, where its slope is 1, and a sigmoid stretched to the range from -1 to 1."""

from dlcourse.scratch.value import Value

x = Value(0.0)
x.tanh().backward()
print(x.grad)
print(f"{Value(2).tanh().data:.4f} {2 * Value(4).sigmoid().data - 1:.4f}")
