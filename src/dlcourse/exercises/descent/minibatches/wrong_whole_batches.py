# only whole batches are shuffled
import random


def minibatches(n, size, seed):
    numbers = list(range(n))
    batches = [numbers[start : start + size] for start in range(0, n, size)]
    random.Random(seed).shuffle(batches)
    return batches
