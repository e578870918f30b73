"""The optimizer takes a gradient and moves the weight: 3 - 0.1 * 6."""

from dlcourse.scratch.optimizer import SGD
from dlcourse.scratch.value import Value

weight = Value(3.0)
optimizer = SGD([weight], learning_rate=0.1)

loss = weight**2
loss.backward()  # the derivative is 2 * 3
optimizer.step()
print(f"{weight.data:.2f}")
