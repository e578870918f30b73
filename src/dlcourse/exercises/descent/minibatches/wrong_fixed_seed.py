# the seed is ignored
import random


def minibatches(n, size, seed):
    numbers = list(range(n))
    random.Random(0).shuffle(numbers)
    return [numbers[start : start + size] for start in range(0, n, size)]
