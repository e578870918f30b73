def minibatches(n, size, seed):
    """Return the numbers from 0 to n - 1 in random order, in batches of size numbers.

    The last batch may be smaller. The order depends on the seed alone.
    """
    # TODO: shuffle the numbers, and cut them into batches
    raise NotImplementedError
