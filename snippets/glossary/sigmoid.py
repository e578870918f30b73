"""The sigmoid is one half at 0, and steepest there: one quarter."""

from dlcourse.scratch.value import Value

x = Value(0.0)
half = x.sigmoid()
half.backward()
print(half.data, x.grad)

for number in (-10, 10):
    y = Value(number).sigmoid()
    print(f"{y.data:.5f}")
