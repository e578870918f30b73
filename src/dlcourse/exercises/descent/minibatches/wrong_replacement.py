# a number occurs twice
import random


def minibatches(n, size, seed):
    generator = random.Random(seed)
    numbers = [generator.randrange(n) for _ in range(n)]
    return [numbers[start : start + size] for start in range(0, n, size)]
