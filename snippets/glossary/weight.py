"""With an input of zero, even a large weight has no effect."""

from dlcourse.scratch.value import Value

large = Value(9.0)
small = Value(0.5)
weighted_sum = large * 0.0 + small * 4.0

weighted_sum.backward()
print(weighted_sum.data)
print(large.grad, small.grad)  # a derivative is the input
