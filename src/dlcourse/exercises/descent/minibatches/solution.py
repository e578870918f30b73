import random


def minibatches(n, size, seed):
    """Return the numbers from 0 to n - 1 in random order, in batches of size numbers.

    The last batch may be smaller. The order depends on the seed alone.
    """
    numbers = list(range(n))
    generator = random.Random(seed)  # its own: the global generator stays as it is
    generator.shuffle(numbers)
    batches = []
    for start in range(0, n, size):
        batches.append(numbers[start : start + size])
    return batches
