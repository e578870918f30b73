"""The chain rule: multiply the derivatives of the steps."""

from dlcourse.scratch.value import Value

x = Value(2.0)
inner = 3 * x + 1  # d inner / dx = 3
outer = inner**2  # d outer / d inner = 2 * inner = 14

outer.backward()
print(x.grad)  # 14 * 3
