"""Check devices/shard."""

import math
import random

from dlcourse.exercises.checking import expect

MESSAGES = {
    "not a list of examples": "shard returns {got} for rank {rank}: it must be a list of whole "
    "numbers from 0 to {last}.",
    "examples are dropped": "{n} examples on {world} processes: only {got} of them are in a "
    "share. Repeat some at the end instead of leaving the last ones out.",
    "shares of unequal length": "{n} examples on {world} processes: the shares have {got} "
    "examples. The others would wait for the shorter ones for ever: repeat some at the end.",
    "each rank shuffles anew": "The shares of {world} processes overlap, and {got} of {n} examples "
    "are in none: every rank must shuffle alike, so the rank cannot be in the seed.",
    "too many repeated": "{got} examples are taken more often than once, expected {expected}.",
    "each epoch is the same": "Epochs 0 and 1 have the same order: let the seed of the shuffle "
    "depend on the epoch.",
    "each seed is the same": "Seeds {seed} and {other} give the same order: let the shuffle depend "
    "on the seed.",
    "not shuffled": "Rank 0 of 1 gets the examples in the order 0, 1, 2, …: shuffle them.",
    "not repeatable": "The same arguments give another share when called again: make a "
    "random.Random from seed and epoch.",
    "the global generator is used": "The numbers that `random` draws next are others after your "
    "function: use a random.Random of your own.",
    "not every so many": "The shares of {world} processes are not cut as the task says: from the "
    "place of its rank on, each takes an example every {world} places of the common order.",
    "others are repeated": "The repeated examples are {got}, expected {expected}, the first ones "
    "of the order.",
}


def take(learner, n: int, world: int, epoch: int, seed: int) -> list[list[int]]:
    """Return the shares of all processes; each must be a list of numbers of examples."""
    shares = []
    for rank in range(world):
        state = random.getstate()
        share = learner.shard(n, world, rank, epoch, seed)
        is_kept = random.getstate() == state
        random.setstate(state)
        is_list = type(share) is list and all(type(one) is int and 0 <= one < n for one in share)
        expect(is_list, "not a list of examples", got=share, rank=rank, last=n - 1)
        expect(is_kept, "the global generator is used")
        shares.append(share)
    return shares


def look_at_sizes(learner, n: int, world: int, seed: int) -> None:
    """Compare the shares of all processes with one another."""
    shares = take(learner, n, world, 0, seed)
    expect(take(learner, n, world, 0, seed) == shares, "not repeatable")
    lengths = [len(share) for share in shares]
    sizes = {"n": n, "world": world}
    are_equal = len(set(lengths)) == 1
    expect(are_equal, "shares of unequal length", got=lengths, **sizes)
    found = [one for share in shares for one in share]
    covered = len(set(found))
    is_short = lengths[0] == n // world < n / world
    expect(not is_short, "examples are dropped", got=covered, **sizes)
    expect(covered == n, "each rank shuffles anew", got=n - covered, **sizes)
    num_missing = math.ceil(n / world) * world - n
    repeated = len(found) - n
    is_enough = repeated == num_missing
    expect(is_enough, "too many repeated", got=repeated, expected=num_missing)


def look_at_order(learner, n: int, world: int, seed: int) -> None:
    """Compare the shares with the order of one process, and with other epochs and seeds."""
    shares = take(learner, n, world, 0, seed)
    num_missing = -n % world
    (order,) = take(learner, n, 1, 0, seed)
    expect(order != list(range(n)), "not shuffled")
    expect(take(learner, n, 1, 1, seed) != [order], "each epoch is the same")
    other = {"seed": seed, "other": seed + 1}
    expect(take(learner, n, 1, 0, seed + 1) != [order], "each seed is the same", **other)
    for rank, share in enumerate(shares):
        own = order[rank::world]
        expect(share[: len(own)] == own, "not every so many", world=world)
    joined = [shares[place % world][place // world] for place in range(n + num_missing)]
    shown = {"got": joined[n:], "expected": order[:num_missing]}
    expect(joined == order + order[:num_missing], "others are repeated", **shown)


def check(learner, generator: random.Random) -> None:
    """Look at the example, then at other sizes; no order of 10 or more is that of the start."""
    seed = generator.randrange(1000)
    sizes = [(10, 3)]
    for world in (1, 3, 5, 7):
        sizes += [(generator.randint(19, 60), world), (11 * world, world)]
    for n, world in sizes:
        look_at_sizes(learner, n, world, seed)
    for n, world in sizes:
        look_at_order(learner, n, world, seed)
