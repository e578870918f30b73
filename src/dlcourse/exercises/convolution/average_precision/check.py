"""Check convolution/average_precision."""

import random

from dlcourse.exercises.checking import expect, expect_number, is_close

MESSAGES = {
    "missed objects are left out": "Three of four objects are found. You return {got}, expected "
    "{expected}: the missed object counts 0, so divide by all four.",
    "no better precision": "The second hit has precision 2/3, and 3/4 follows further down. You "
    "return {got}, expected {expected}: take the best precision from its place on.",
    "the plain precision": "You return {got}, expected {expected}: that is the share of hits "
    "among all boxes, which ignores the order of the scores.",
    "the recall": "You return {got}, expected {expected}: that is the share of the objects that "
    "are found, which ignores the wrong boxes.",
    "all boxes count": "You return {got}, expected {expected}: you add the precisions at all "
    "boxes. Only those at the hits count.",
    "the example is wrong": "For the example you return {got}, expected {expected}.",
    "not sorted": "The same boxes in another order: you return {got}, expected {expected}. Sort "
    "by score first.",
    "the lowest score first": "You return {got}, expected {expected}: you sort with the lowest "
    "score first.",
    "another value": "For {count} boxes and {objects} objects you return {got}, expected "
    "{expected}.",
    "no box": "Without any box you return {got}, expected 0.",
    "the list is changed": "Your function changes the list that it gets: use sorted(found, ...).",
}
FOUND = [(0.9, True), (0.8, False), (0.6, True), (0.5, True), (0.3, False)]


def find_values(ordered, num_objects):
    """Return the right value for boxes in this order, and those of known mistakes."""
    hits = [is_hit for _, is_hit in ordered]
    precisions = [sum(hits[: rank + 1]) / (rank + 1) for rank in range(len(hits))]
    best = [max(precisions[place:]) for place, is_hit in enumerate(hits) if is_hit]
    plain = [precisions[place] for place, is_hit in enumerate(hits) if is_hit]
    num_hits = max(sum(hits), 1)
    return sum(best) / num_objects, {
        "missed objects are left out": [sum(best) / num_hits, sum(plain) / num_hits],
        "no better precision": [sum(plain) / num_objects],
        "the plain precision": [sum(hits) / max(len(hits), 1)],
        "the recall": [sum(hits) / num_objects],
        "all boxes count": [sum(precisions) / num_objects, sum(precisions) / max(len(hits), 1)],
    }


def ask(learner, found, num_objects):
    """Return the learner's number for these boxes."""
    copied = found[:]
    got = learner.average_precision(copied, num_objects)
    expect_number(got, "average_precision(...)")
    expect(copied == found, "the list is changed")
    return got


def check(learner, generator: random.Random) -> None:
    """Compare the example, then its boxes in other orders, then random boxes."""
    got = ask(learner, FOUND, 4)
    expected, mistakes = find_values(FOUND, 4)
    shown = {"got": got, "expected": expected}
    reversed_value, _ = find_values(FOUND[::-1], 4)
    expect(not is_close(got, reversed_value), "the lowest score first", **shown)
    for key, values in mistakes.items():
        expect(not any(is_close(got, value) for value in values), key, **shown)
    expect(is_close(got, expected), "the example is wrong", **shown)
    for shuffled in (FOUND[::-1], FOUND[2:] + FOUND[:2]):
        got = ask(learner, shuffled, 4)
        expect(is_close(got, expected), "not sorted", got=got, expected=expected)
    for count in (3, 7, 12):
        scores = generator.sample(range(100), count)
        found = [(score / 100, generator.random() < 0.5) for score in scores]
        num_objects = sum(is_hit for _, is_hit in found) + generator.randint(1, 3)
        expected, _ = find_values(sorted(found, reverse=True), num_objects)
        got = ask(learner, found, num_objects)
        shown = {"count": count, "objects": num_objects, "got": got, "expected": expected}
        expect(is_close(got, expected), "another value", **shown)
    got = ask(learner, [], 3)
    expect(is_close(got, 0), "no box", got=got)
