# the global generator is used
import random


def shard(n, world, rank, epoch, seed):
    order = list(range(n))
    random.seed(f"{seed}/{epoch}")
    random.shuffle(order)
    num_missing = -n % world
    order += order[:num_missing]
    return order[rank::world]
