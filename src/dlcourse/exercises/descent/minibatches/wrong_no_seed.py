# the same seed gives another order
import random


def minibatches(n, size, seed):
    numbers = list(range(n))
    random.Random().shuffle(numbers)
    return [numbers[start : start + size] for start in range(0, n, size)]
