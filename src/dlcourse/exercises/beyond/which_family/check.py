"""Check beyond/which_family."""

import itertools
import random

from dlcourse.exercises.checking import expect

MESSAGES = {
    "not a family": "which_family returns {got}, expected one of the five names of the task.",
    "the example is wrong": "Photographs have neighbors and patterns anywhere. You return {got}, "
    "expected {expected}.",
    "one fact is not enough for a CNN": "With neighbors={neighbors} and anywhere={anywhere} you "
    "return {got}, expected {expected}: a CNN assumes both.",
    "the order of the questions": "With {first}=True and, for a CNN, neighbors and anywhere also "
    "True, you return {got}, expected {expected}: the earlier question decides.",
    "the number of examples decides only sequences": "With many_examples=True and "
    "in_sequence=False you return {got}, expected {expected}.",
    "many examples": "For a sequence with many_examples={many} you return {got}, "
    "expected {expected}.",
    "another answer": "which_family{facts} returns {got}, expected {expected}.",
}
NAMES = (
    "attention without positions",
    "recurrent",
    "attention with positions",
    "CNN",
    "MLP",
)


def family(any_order: bool, in_sequence: bool, many: bool, neighbors: bool, anywhere: bool) -> str:
    """Return the family by the questions of the task."""
    if any_order:
        return "attention without positions"
    if in_sequence:
        return "attention with positions" if many else "recurrent"
    return "CNN" if neighbors and anywhere else "MLP"


def check(learner, generator: random.Random) -> None:
    """Compare the example, then each rule, then all 32 cases in a random order."""
    got = learner.which_family(False, False, False, True, True)
    expect(got in NAMES, "not a family", got=got)
    expect(got == "CNN", "the example is wrong", got=got, expected="CNN")

    for neighbors, anywhere in ((True, False), (False, True)):
        facts = {"neighbors": neighbors, "anywhere": anywhere}
        got = learner.which_family(False, False, False, neighbors, anywhere)
        key = "one fact is not enough for a CNN"
        expect(got != "CNN", key, **facts, got=got, expected="MLP")

    got = learner.which_family(False, False, True, False, False)
    key = "the number of examples decides only sequences"
    expect(got == "MLP", key, got=got, expected="MLP")

    for many in (False, True):
        got = learner.which_family(False, True, many, False, False)
        expected = family(False, True, many, False, False)
        expect(got == expected, "many examples", many=many, got=got, expected=expected)

    for first, any_order in (("any_order", True), ("in_sequence", False)):
        got = learner.which_family(any_order, not any_order, False, True, True)
        expected = family(any_order, not any_order, False, True, True)
        key = "the order of the questions"
        expect(got == expected, key, first=first, got=got, expected=expected)

    cases = list(itertools.product((False, True), repeat=5))
    generator.shuffle(cases)
    for facts in cases:
        got = learner.which_family(*facts)
        expected = family(*facts)
        expect(got == expected, "another answer", facts=facts, got=got, expected=expected)
