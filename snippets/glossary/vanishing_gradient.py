"""Each sigmoid keeps at most a quarter of a derivative."""

from dlcourse.scratch.value import Value

x = Value(0.0)
y = x
for _ in range(10):
    y = y.sigmoid()

y.backward()
print(f"{x.grad:.9f}")
print(f"{0.25**10:.9f}")  # the most that ten of them can keep
