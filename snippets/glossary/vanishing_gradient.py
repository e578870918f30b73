"""Each sigmoid keeps at most a quarter of the gradient: ten keep little."""

from dlcourse.scratch.value import Value

x = Value(0.0)
y = x
for _ in range(10):
    y = y.sigmoid()
y.backward()
print(f"{x.grad:.9f} {0.25**10:.9f}")
