"""Backpropagation computes the gradient; it changes no weight."""

from dlcourse.scratch.value import Value

weight = Value(3.0)
x = 2.0
target = 5.0
loss = (weight * x - target) ** 2

loss.backward()
print(weight.grad)  # 2 * (3 * 2 - 5) * 2
print(weight.data)  # still 3
