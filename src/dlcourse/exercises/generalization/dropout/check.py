"""Check generalization/dropout."""

import random

import torch

from dlcourse.exercises.checking import expect, expect_tensor, is_close

MESSAGES = {
    "dropped in evaluation": "With training=False {got} values of {count} are zero, expected "
    "none: in evaluation nothing is dropped.",
    "scaled in evaluation": "With training=False a value of 1 becomes {got}, expected 1: the "
    "scaling belongs to training.",
    "p is the share that is kept": "With p = {p}, a share of {got} is zero, expected about {p}: p "
    "is the share that is dropped, not the one that is kept.",
    "whole rows are dropped": "In each row all values are kept or all are zero: draw a number for "
    "each value, torch.rand(x.shape, ...).",
    "another share": "With p = {p}, a share of {got} is zero, expected about {p}.",
    "the kept values are not scaled": "With p = {p}, a value of 1 that is kept stays {got}, "
    "expected {expected}: divide by 1 - p, or the mean shrinks.",
    "another scale": "With p = {p}, a value of 1 that is kept becomes {got}, expected {expected}: "
    "divide by 1 - p.",
    "values are changed": "A value {before} becomes {got}, expected 0 or {expected}.",
    "x is changed": "Afterwards x itself is changed: return a new tensor.",
    "the global generator is used": "Equal generators give different values: draw with "
    "generator=generator, and not from the global one.",
    "the global generator is changed": "torch's global generator is changed: draw with "
    "generator=generator alone.",
    "each call drops the same values": "Two calls with one generator drop the same values: do not "
    "seed it again.",
}


def check(learner, generator: random.Random) -> None:
    """Check evaluation, then how many values are dropped, then their scale, then the generator."""
    torch_generator = torch.Generator().manual_seed(generator.randrange(2**31))
    p = round(generator.uniform(0.15, 0.35), 2)
    ones = torch.ones(300, 100)
    kept = learner.dropout(ones.clone(), p, False, torch_generator)
    expect_tensor(kept, (300, 100), "dropout(x, p, False, generator)")
    num_zeros = int((kept == 0).sum())
    expect(num_zeros == 0, "dropped in evaluation", got=num_zeros, count=30000)
    value = kept[0, 0].item()
    expect(bool((kept == 1).all()), "scaled in evaluation", got=value)
    x = ones.clone()
    dropped = learner.dropout(x, p, True, torch_generator)
    expect_tensor(dropped, (300, 100), "dropout(x, p, True, generator)")
    expect(torch.equal(x, ones), "x is changed")
    check_share(dropped, p)
    value = dropped.max().item()
    shown = {"p": p, "got": value, "expected": 1 / (1 - p)}
    expect(value != 1, "the kept values are not scaled", **shown)
    expect(is_close(value, 1 / (1 - p), 1e-5), "another scale", **shown)  # float32
    for shape in ((7,), (5, 3), (2, 3, 5)):
        check_values(learner, torch.randn(shape, generator=torch_generator), p, torch_generator)
    check_generator(learner, p, generator.randrange(2**31))


def check_share(dropped: torch.Tensor, p: float) -> None:
    """Compare the share of zeros: of 30,000 draws it is within 0.03 of p, ten standard errors."""
    is_zero = (dropped == 0).double()
    share = is_zero.mean().item()
    rows = is_zero.mean(dim=1)
    is_by_row = 0 < share < 1 and bool(((rows == 0) | (rows == 1)).all())
    expect(not is_by_row, "whole rows are dropped")
    is_swapped = abs(share - (1 - p)) < 0.03
    expect(not is_swapped, "p is the share that is kept", p=p, got=share)
    expect(abs(share - p) < 0.03, "another share", p=p, got=share)


def check_values(learner, x: torch.Tensor, p: float, torch_generator: torch.Generator) -> None:
    """Compare each value of a tensor of another shape with 0 and with its scaled value."""
    got = learner.dropout(x.clone(), p, True, torch_generator)
    expect_tensor(got, tuple(x.shape), "dropout(x, p, True, generator)")
    scaled = x / (1 - p)
    is_right = (got == 0) | torch.isclose(got, scaled)
    place = is_right.flatten().int().argmin()
    shown = {"before": x.flatten()[place].item(), "got": got.flatten()[place].item()}
    expected = scaled.flatten()[place].item()
    expect(bool(is_right.all()), "values are changed", expected=expected, **shown)


def check_generator(learner, p: float, seed: int) -> None:
    """Compare two equal generators, two calls with one, and the global state before and after."""
    x = torch.ones(40, 5)
    first = torch.Generator().manual_seed(seed)
    second = torch.Generator().manual_seed(seed)
    before = torch.get_rng_state()
    one = learner.dropout(x.clone(), p, True, first)
    after = torch.get_rng_state()
    other = learner.dropout(x.clone(), p, True, second)
    torch.set_rng_state(before)
    expect(torch.equal(one, other), "the global generator is used")
    expect(torch.equal(before, after), "the global generator is changed")
    again = learner.dropout(x.clone(), p, True, first)
    expect(not torch.equal(one, again), "each call drops the same values")
