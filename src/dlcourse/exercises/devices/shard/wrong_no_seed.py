# each seed is the same
import random


def shard(n, world, rank, epoch, seed):
    order = list(range(n))
    random.Random(epoch).shuffle(order)
    num_missing = -n % world
    order += order[:num_missing]
    return order[rank::world]
