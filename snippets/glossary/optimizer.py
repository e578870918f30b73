"""The optimizer takes a gradient and moves the weight: 3 - 0.1 * 6."""

from dlcourse.scratch.optimizer import SGD
from dlcourse.scratch.value import Value

weight = Value(3.0)
(weight**2).backward()  # the gradient is 2 * 3
SGD([weight], learning_rate=0.1).step()
print(f"{weight.data:.2f}")
