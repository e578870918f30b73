# the numbers are not shuffled
def minibatches(n, size, seed):
    numbers = list(range(n))
    return [numbers[start : start + size] for start in range(0, n, size)]
