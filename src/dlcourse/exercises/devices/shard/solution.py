import random


def shard(n, world, rank, epoch, seed):
    """Return the examples of one process in an epoch, of the numbers from 0 to n - 1.

    All processes have equally many, and together they have every example.
    """
    order = list(range(n))
    random.Random(f"{seed}/{epoch}").shuffle(order)  # without the rank: one order for all
    num_missing = -n % world
    order += order[:num_missing]
    return order[rank::world]
