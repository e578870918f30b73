"""Check applications/by_group."""

import random

from dlcourse.exercises.checking import expect, expect_number, is_close

MESSAGES = {
    "not a dictionary": "by_group(…) returns {got}, expected a dictionary.",
    "a group is missing": "The dictionary has no key “{group}”; its keys are {got}.",
    "a key too many": "The dictionary has the keys {got}, expected the groups and “all”.",
    "counts, not shares": "For group a of the example you return {got}, the number of its correct "
    "predictions, expected 1: divide by the 3 examples of the group.",
    "the errors are counted": "For group “{group}” you return {got}, expected {expected}: that is "
    "the share of its errors.",
    "divided by all examples": "For group “{group}” you return {got}, expected {expected}: divide "
    "by the {count} examples of this group, not by all {total}.",
    "another accuracy": "For group “{group}” you return {got}, expected {expected}.",
    "the mean of the groups": "For “all” you return {got}, expected {expected}: that is the mean "
    "of the groups. Divide all correct ones by the number of all examples.",
    "another accuracy of all": "For “all” you return {got}, expected {expected}.",
}
PREDICTED, CORRECT, GROUPS = [1, 1, 0, 1, 0], [1, 0, 0, 1, 1], ["a", "b", "a", "a", "b"]


def look(got, predicted: list[int], correct: list[int], groups: list[str]) -> None:
    """Compare the accuracies, with the cause if it is known."""
    expect(isinstance(got, dict), "not a dictionary", got=got)
    names = sorted(set(groups))
    for group in [*names, "all"]:
        expect(group in got, "a group is missing", group=group, got=list(got))
        expect_number(got[group], f"the accuracy of “{group}”")
    expect(len(got) == len(names) + 1, "a key too many", got=list(got))
    hits = [guess == truth for guess, truth in zip(predicted, correct, strict=True)]
    shares = {}
    for group in names:
        own = [hit for hit, name in zip(hits, groups, strict=True) if name == group]
        shares[group] = sum(own) / len(own)
    for group, expected in shares.items():
        count = groups.count(group)
        shown = {"group": group, "got": got[group], "expected": expected}
        is_right = is_close(got[group], expected)
        if not is_right:
            is_count = got[group] == 3 and group == "a" and groups is GROUPS
            expect(not is_count, "counts, not shares", got=3)
            is_error = is_close(got[group], 1 - expected)
            expect(not is_error, "the errors are counted", **shown)
            is_of_all = is_close(got[group], expected * count / len(groups))
            sizes = {"count": count, "total": len(groups)}
            expect(not is_of_all, "divided by all examples", **shown, **sizes)
        expect(is_right, "another accuracy", **shown)
    expected = sum(hits) / len(hits)
    shown = {"got": got["all"], "expected": expected}
    mean = sum(shares.values()) / len(shares)
    is_mean = is_close(got["all"], mean) and not is_close(mean, expected)
    expect(not is_mean, "the mean of the groups", **shown)
    expect(is_close(got["all"], expected), "another accuracy of all", **shown)


def check(learner, generator: random.Random) -> None:
    """Compare the example, then random groups of unequal sizes."""
    got = learner.by_group(PREDICTED[:], CORRECT[:], GROUPS[:])
    look(got, PREDICTED, CORRECT, GROUPS)
    for sizes in [{"dark ink": 23, "white ink": 6}, {"x": 5, "y": 11, "z": 29}, {"one": 7}]:
        groups = [name for name, size in sizes.items() for _ in range(size)]
        generator.shuffle(groups)
        correct = [generator.randint(0, 9) for _ in groups]
        predicted = [
            truth if generator.random() < 0.7 else generator.randint(0, 9) for truth in correct
        ]
        look(learner.by_group(predicted[:], correct[:], groups[:]), predicted, correct, groups)
