"""The slope of y = a * a + a at a = 3."""

from dlcourse.scratch.value import Value

a = Value(3.0)
y = a * a + a
y.backward()

answer = a.grad
print(answer)
