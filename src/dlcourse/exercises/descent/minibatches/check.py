"""Check descent/minibatches."""

import random
from itertools import chain, pairwise

from dlcourse.exercises.checking import expect, expect_number

MESSAGES = {
    "not lists": "minibatches(10, 4, {seed}) returns {got}, expected a list of lists.",
    "the last batch is dropped": "minibatches({n}, {size}, {seed}) has batches of {got} numbers, "
    "expected {expected}: the smaller batch at the end is dropped.",
    "other sizes": "minibatches({n}, {size}, {seed}) has batches of {got} numbers, expected "
    "{expected}.",
    "a number occurs twice": "In minibatches({n}, {size}, {seed}) the number {number} occurs "
    "{got} times, expected once: shuffle the numbers, and do not draw each anew.",
    "a number is missing": "In minibatches({n}, {size}, {seed}) the number {number} is missing: "
    "an epoch has each number from 0 to {last} once.",
    "only whole batches are shuffled": "A batch of yours is {got}, with neighbors in it: only "
    "whole batches are shuffled. Shuffle the numbers before you cut them.",
    "the numbers are not shuffled": "With three seeds, the {n} numbers come in the order 0, 1, 2, "
    "... each time: the numbers are not shuffled.",
    "the global generator is changed": "minibatches({n}, {size}, {seed}) changes the global "
    "generator of random, so other code gets other numbers. Use random.Random(seed).",
    "the same seed gives another order": "Two calls with seed {seed} begin with {got} and "
    "{expected}: the same seed must give the same order.",
    "the seed is ignored": "Three seeds give the same order, which begins with {got}: the order "
    "must depend on the seed.",
}


def check(learner, generator: random.Random) -> None:
    """Compare the sizes, then the numbers, then the order and what it depends on."""
    for n, size in ((10, 4), (23, 5), (6, 3), (3, 7)):
        check_epoch(learner, n, size, generator.randrange(1000))
    seeds = generator.sample(range(1000), 3)
    n = 37  # by chance, 37 shuffled numbers are never in order
    epochs = [learner.minibatches(n, 5, seed) for seed in seeds]
    orders = [list(chain(*batches)) for batches in epochs]
    is_in_order = all(order == list(range(n)) for order in orders)
    expect(not is_in_order, "the numbers are not shuffled", n=n)
    for batches in epochs:
        steps = [b - a for batch in batches for a, b in pairwise(batch)]
        is_whole = all(step == 1 for step in steps)
        expect(not is_whole, "only whole batches are shuffled", got=batches[0])
    check_random_state(learner, n, seeds[0])
    again = list(chain(*learner.minibatches(n, 5, seeds[0])))
    shown = {"seed": seeds[0], "got": again[:3], "expected": orders[0][:3]}
    expect(again == orders[0], "the same seed gives another order", **shown)
    is_ignored = orders[0] == orders[1] == orders[2]
    expect(not is_ignored, "the seed is ignored", got=orders[0][:3])


def check_epoch(learner, n: int, size: int, seed: int) -> None:
    """Compare the sizes of the batches, and how often each number occurs."""
    batches = learner.minibatches(n, size, seed)
    is_lists = isinstance(batches, list) and all(isinstance(batch, list) for batch in batches)
    expect(is_lists, "not lists", got=batches, seed=seed)
    numbers = list(chain(*batches))
    for number in numbers:
        expect_number(number, "An element of a batch")
    sizes = [len(batch) for batch in batches]
    expected = [min(size, n - start) for start in range(0, n, size)]
    shown = {"n": n, "size": size, "seed": seed}
    is_dropped = n % size > 0 and sizes == expected[:-1]
    expect(not is_dropped, "the last batch is dropped", got=sizes, expected=expected, **shown)
    is_cut_first = sorted(sizes) == sorted(expected)  # whole batches may be shuffled: named later
    expect(is_cut_first, "other sizes", got=sizes, expected=expected, **shown)
    for number in range(n):
        count = numbers.count(number)
        expect(count < 2, "a number occurs twice", number=number, got=count, **shown)
    for number in range(n):
        is_there = number in numbers
        expect(is_there, "a number is missing", number=number, last=n - 1, **shown)


def check_random_state(learner, n: int, seed: int) -> None:
    """Compare the state of the global generator before and after, and put it back."""
    before = random.getstate()
    learner.minibatches(n, 5, seed)
    after = random.getstate()
    random.setstate(before)
    expect(before == after, "the global generator is changed", n=n, size=5, seed=seed)
