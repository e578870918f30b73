"""The sigmoid is one half at 0, and steepest there: one quarter."""

from dlcourse.scratch.value import Value

x = Value(0.0)
half = x.sigmoid()
half.backward()
print(half.data, x.grad)
print(f"{Value(-10).sigmoid().data:.5f} {Value(10).sigmoid().data:.5f}")
