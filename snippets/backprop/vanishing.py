"""Ten sigmoids in a row leave almost nothing of a slope."""

from dlcourse.scratch.value import Value

for activation in (Value.sigmoid, Value.tanh, Value.relu):
    start = Value(0.5)
    value = start
    for _ in range(10):
        value = activation(value)
    value.backward()
    print(f"{activation.__name__:8}{start.grad:.1e}")

middle = Value(0)  # where the sigmoid is steepest
middle.sigmoid().backward()
bound = middle.grad**10
