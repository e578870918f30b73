# examples are dropped
import random


def shard(n, world, rank, epoch, seed):
    order = list(range(n))
    random.Random(f"{seed}/{epoch}").shuffle(order)
    order = order[: n - n % world]
    return order[rank::world]
