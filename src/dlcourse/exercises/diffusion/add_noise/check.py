"""Check diffusion/add_noise."""

import random

import torch

from dlcourse.exercises.checking import expect, expect_tensor

MESSAGES = {
    "no square roots": "For {case} the first number is {got}, expected {expected}: the factors "
    "are square roots. Otherwise the variance does not stay 1.",
    "example and noise are swapped": "For {case} the first number is {got}, expected {expected}: "
    "the share belongs to the example, and the rest to the noise.",
    "the factors add up to one": "For {case} the first number is {got}, expected {expected}: the "
    "factor of the noise is the root of 1 - share, not 1 minus the root.",
    "the noise is added in full": "For {case} the first number is {got}, expected {expected}: the "
    "noise needs the factor √(1 - share).",
    "the example is not made smaller": "For {case} the first number is {got}, expected "
    "{expected}: the example needs the factor √share, or the variance grows.",
    "the step before": "For {case} the first number is {got}, expected {expected}: you use the "
    "share of the step before. share[t] already belongs to step t.",
    "one step for all": "For {case} the last number is {got}, expected {expected}: all examples "
    "are noised like the first one. Each has a step of its own.",
    "a share for each feature": "For {case} the first number is {got}, expected {expected}: your "
    "shares belong to the features. Give them the shape (batch, 1).",
    "other rows": "For {case} example {row} is {got}, expected {expected}.",
    "an argument is changed": "Your function changes x or noise in place. Both are still needed "
    "after it.",
}


def mix(x, noise, s, rest):
    """Return the examples times s plus the noise times rest."""
    return s * x + rest * noise


def compare(learner, x, step, noise, share, case):
    """Compare noisy examples with those of known mistakes."""
    copies = x.clone(), noise.clone()
    got = learner.add_noise(copies[0], step, copies[1], share)
    expect_tensor(got, tuple(x.shape), "the noisy examples")
    is_kept = torch.equal(copies[0], x) and torch.equal(copies[1], noise)
    expect(is_kept, "an argument is changed")
    s = share[step].unsqueeze(1)
    right = mix(x, noise, s.sqrt(), (1 - s).sqrt())
    first = share[step[0]]
    before = share[(step - 1).clamp(min=0)].unsqueeze(1)
    mistakes = {
        "no square roots": mix(x, noise, s, 1 - s),
        "example and noise are swapped": mix(x, noise, (1 - s).sqrt(), s.sqrt()),
        "the factors add up to one": mix(x, noise, s.sqrt(), 1 - s.sqrt()),
        "the noise is added in full": mix(x, noise, s.sqrt(), 1),
        "the example is not made smaller": mix(x, noise, 1, (1 - s).sqrt()),
        "the step before": mix(x, noise, before.sqrt(), (1 - before).sqrt()),
        "one step for all": mix(x, noise, first.sqrt(), (1 - first).sqrt()),
    }
    if x.shape[0] == x.shape[1]:
        mistakes["a share for each feature"] = mix(x, noise, s.T.sqrt(), (1 - s.T).sqrt())
    for key, mistaken in mistakes.items():
        place = -1 if key == "one step for all" else place_of(got, right)
        shown = {"case": case, "got": at(got, place), "expected": at(right, place)}
        is_other = not torch.allclose(mistaken, right)
        expect(not (is_other and torch.allclose(got, mistaken)), key, **shown)
    rows = (got - right).abs().amax(dim=1) > 1e-6
    if rows.any():
        row = int(rows.int().argmax())
        shown = {"case": case, "got": got[row].tolist(), "expected": right[row].tolist()}
        expect(False, "other rows", row=row, **shown)


def place_of(got, right):
    """Return the first place at which two tensors differ."""
    return int((got - right).abs().flatten().gt(1e-9).int().argmax())


def at(tensor, place):
    """Return the number at a place of the flattened tensor."""
    return tensor.flatten()[place].item()


def check(learner, generator: random.Random) -> None:
    """Compare the example, then a square batch, then random ones, then the first step."""
    share = torch.tensor([1.0, 0.64, 0.25])
    twos, ones = torch.full((2, 1), 2.0), torch.ones(2, 1)
    compare(learner, twos, torch.tensor([1, 2]), ones, share, "the example")
    source = torch.Generator().manual_seed(generator.randrange(10**9))
    share = torch.linspace(1.0, 0.01, 51, dtype=torch.float64)
    for batch, features in ((5, 5), (3, 7), (7, 2)):
        step = torch.randperm(50, generator=source)[:batch] + 1
        x = 1 + torch.rand(batch, features, generator=source, dtype=torch.float64)
        noise = torch.randn(batch, features, generator=source, dtype=torch.float64)
        compare(learner, x, step, noise, share, f"{batch} examples of {features} numbers")
    compare(learner, x, torch.zeros(7, dtype=torch.long), noise, share, "step 0")
