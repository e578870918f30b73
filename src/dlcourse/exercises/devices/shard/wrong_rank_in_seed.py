# each rank shuffles anew
import random


def shard(n, world, rank, epoch, seed):
    order = list(range(n))
    random.Random(f"{seed}/{epoch}/{rank}").shuffle(order)
    num_missing = -n % world
    order += order[:num_missing]
    return order[rank::world]
