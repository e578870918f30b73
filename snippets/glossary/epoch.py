"""60,000 examples in mini-batches of 64: 938 steps an epoch."""

import math

num_examples = 60_000
batch_size = 64
steps = math.ceil(num_examples / batch_size)
last_batch = num_examples - (steps - 1) * batch_size
print(steps, last_batch)
