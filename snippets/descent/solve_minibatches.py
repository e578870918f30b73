"""A solution of the exercise descent/minibatches."""

import random


def minibatches(n, size, seed):
    """Return the numbers below n in random order, in batches."""
    numbers = list(range(n))
    generator = random.Random(seed)
    generator.shuffle(numbers)
    batches = []
    for start in range(0, n, size):
        batches.append(numbers[start : start + size])
    return batches


batches = minibatches(10, 4, seed=0)
assert [len(batch) for batch in batches] == [4, 4, 2]
seen = []
for batch in batches:
    seen.extend(batch)
assert sorted(seen) == list(range(10))
