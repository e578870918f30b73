# the global generator is changed
import random


def minibatches(n, size, seed):
    random.seed(seed)
    numbers = list(range(n))
    random.shuffle(numbers)
    return [numbers[start : start + size] for start in range(0, n, size)]
