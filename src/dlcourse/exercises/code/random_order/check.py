"""Check code/random_order."""

import random

import torch

from dlcourse.exercises.checking import expect, expect_tensor

MESSAGES = {
    "not whole numbers": "The order has the dtype {got}, expected torch.int64: whole numbers.",
    "the order is not random": "random_order({count}, {seed}) returns the numbers in the order 0, "
    "1, 2, … for each seed: draw a random order.",
    "a number is drawn twice": "In random_order({count}, {seed}) the number {number} occurs "
    "{times} times: each number from 0 to {last} must occur once; see torch.randperm.",
    "the seed is not used": "random_order({count}, {seed}) returns two different orders when it is "
    "called twice: give the seed to the generator before you draw.",
    "always the same order": "The seeds {seed} and {other} give the same order: start the "
    "generator from the argument seed.",
    "the shared generator is changed": "After random_order({count}, {seed}) torch.rand draws other "
    "numbers than without it: use a torch.Generator of your own.",
}


def check(learner, generator: random.Random) -> None:
    """Look for repeated numbers, then draw twice, with another seed, and look at torch.rand."""
    for count in (57, 83, 101):
        seed, other = generator.sample(range(1, 10**6), 2)
        state = torch.get_rng_state()
        got = learner.random_order(count, seed)
        is_untouched = torch.equal(torch.get_rng_state(), state)
        expect_tensor(got, (count,), f"random_order({count}, {seed})")
        expect(got.dtype == torch.int64, "not whole numbers", got=str(got.dtype))
        numbers = [int(number) for number in got]
        shown = {"count": count, "seed": seed}
        for number in range(count):
            times = numbers.count(number)
            details = {"number": number, "times": times, "last": count - 1}
            expect(times == 1, "a number is drawn twice", **shown, **details)
        expect(is_untouched, "the shared generator is changed", **shown)
        again = [int(number) for number in learner.random_order(count, seed)]
        expect(numbers == again, "the seed is not used", **shown)
        is_sorted = numbers == sorted(numbers)
        expect(not is_sorted, "the order is not random", **shown)
        another = [int(number) for number in learner.random_order(count, other)]
        expect(numbers != another, "always the same order", seed=seed, other=other)
