"""Tanh is a stretched sigmoid, and steepest at 0: one."""

from dlcourse.scratch.value import Value

x = Value(0.0)
x.tanh().backward()
print(x.grad)
print(f"{Value(2).tanh().data:.4f} {2 * Value(4).sigmoid().data - 1:.4f}")
