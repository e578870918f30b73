# the last batch is dropped
import random


def minibatches(n, size, seed):
    numbers = list(range(n))
    random.Random(seed).shuffle(numbers)
    return [numbers[i * size : (i + 1) * size] for i in range(n // size)]
