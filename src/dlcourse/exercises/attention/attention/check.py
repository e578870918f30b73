"""Check attention/attention."""

import random

import torch

from dlcourse.exercises.checking import expect, expect_tensor

MESSAGES = {
    "not divided": "For {case} the first number is {got}, expected {expected}: the scores are not "
    "divided by the square root of d = {d}.",
    "divided by d": "For {case} the first number is {got}, expected {expected}: you divide by d = "
    "{d}. Divide by its square root.",
    "divided by the keys": "For {case} the first number is {got}, expected {expected}: you divide "
    "by the square root of the number of keys, not of d = {d}.",
    "softmax over the queries": "For {case} the first number is {got}, expected {expected}: your "
    "softmax runs over the queries. Each query's weights add up to 1.",
    "softmax over the first axis": "For {case} the first number is {got}, expected {expected}: "
    "your softmax runs over the first axis. Use dim=-1.",
    "no softmax": "For {case} the first number is {got}, expected {expected}: the values are "
    "mixed by the scores themselves. Softmax makes weights of them.",
    "another value": "For {case} the first number is {got}, expected {expected}.",
    "the mask is ignored": "With a mask the first number is {got}, expected {expected}: your "
    "result is the same as without a mask.",
    "the mask is inverted": "With a mask the first number is {got}, expected {expected}: you hide "
    "the visible keys. True means visible.",
    "the scores are multiplied by the mask": "With a mask the first number is {got}, expected "
    "{expected}: a score of 0 is not hidden, since exp(0) = 1. Set it to minus infinity.",
    "the weights no longer add up to 1": "With a mask the first number is {got}, expected "
    "{expected}: hidden weights become 0 after the softmax, so the rest adds up to less than 1.",
    "a hidden value leaks": "A hidden value was changed by {change}, and output 0 moved by {got}. "
    "A hidden key needs a weight of exactly 0.",
    "another masked value": "With a mask the first number is {got}, expected {expected}.",
}


def weigh(scores, values):
    """Return the mixture of the values by the softmax of the scores."""
    return scores.softmax(dim=-1) @ values


def compare(learner, queries, keys, values, case):
    """Compare the result without a mask with those of known mistakes."""
    got = learner.attention(queries, keys, values)
    d, num_keys = keys.shape[-1], keys.shape[-2]
    scores = queries @ keys.transpose(-2, -1)
    right = weigh(scores / d**0.5, values)
    expect_tensor(got, tuple(right.shape), "attention(...)")
    mistakes = {
        "not divided": weigh(scores, values),
        "divided by d": weigh(scores / d, values),
        "divided by the keys": weigh(scores / num_keys**0.5, values),
        "softmax over the queries": (scores / d**0.5).softmax(dim=-2) @ values,
        "softmax over the first axis": (scores / d**0.5).softmax(dim=0) @ values,
        "no softmax": scores / d**0.5 @ values,
    }
    shown = {"case": case, "d": d, "got": first(got), "expected": first(right)}
    for key, mistaken in mistakes.items():
        is_other = not torch.allclose(mistaken, right)
        expect(not (is_other and torch.allclose(got, mistaken)), key, **shown)
    expect(torch.allclose(got, right), "another value", **shown)


def compare_masked(learner, queries, keys, values, is_visible):
    """Compare the result with a mask with those of known mistakes."""
    got = learner.attention(queries, keys, values, is_visible)
    scores = queries @ keys.transpose(-2, -1) / keys.shape[-1] ** 0.5
    right = weigh(scores.masked_fill(~is_visible, -torch.inf), values)
    expect_tensor(got, tuple(right.shape), "attention(...) with a mask")
    mistakes = {
        "the mask is ignored": weigh(scores, values),
        "the mask is inverted": weigh(scores.masked_fill(is_visible, -torch.inf), values),
        "the scores are multiplied by the mask": weigh(scores * is_visible, values),
        "the weights no longer add up to 1": scores.softmax(dim=-1) * is_visible @ values,
    }
    shown = {"got": first(got), "expected": first(right)}
    for key, mistaken in mistakes.items():
        expect(not torch.allclose(got, mistaken), key, **shown)
    expect(torch.allclose(got, right), "another masked value", **shown)


def first(tensor):
    """Return the first number of a tensor."""
    return tensor.flatten()[0].item()


def check(learner, generator: random.Random) -> None:
    """Compare the example, then unequal sizes, then masks, then a value that is hidden."""
    keys = torch.tensor([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]])
    values = torch.tensor([[10.0, 0.0], [0.0, 10.0], [5.0, 5.0]])
    compare(learner, torch.tensor([[2.0, 1.0]]), keys, values, "the example")
    source = torch.Generator().manual_seed(generator.randrange(10**9))

    def draw(*shape):
        return torch.randn(*shape, generator=source, dtype=torch.float64)

    for axes, case in (((), "3 queries and 5 keys"), ((2, 6), "2 leading axes")):
        queries, keys, values = draw(*axes, 3, 7), draw(*axes, 5, 7), draw(*axes, 5, 4)
        compare(learner, 2 * queries, keys, values, case)
        padding = torch.tensor([True, True, False, True, False])
        compare_masked(learner, queries, keys, values, padding)
        causal = torch.ones(3, 5).tril(diagonal=2).bool()
        compare_masked(learner, queries, keys, values, causal)
        got = learner.attention(queries, keys, values, padding)
        changed = values.clone()
        changed[..., 2, :] += 1e9
        moved = (learner.attention(queries, keys, changed, padding) - got).abs().max().item()
        expect(moved == 0, "a hidden value leaks", change=1e9, got=moved)
