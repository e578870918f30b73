"""Check autoencoders/hole_test."""

import random

from dlcourse.exercises.checking import expect, expect_number, is_close

MESSAGES = {
    "not three things": "hole_test(...) is {got}, expected (readable share, number of kinds, is "
    "the code collapsed).",
    "at least 0.9": "The readable share is {got}, expected {expected}: an image with exactly 0.9 "
    "is readable as well.",
    "the count": "The readable share is {got}, expected {expected}: divide the number of readable "
    "images by the number of all images.",
    "the mean of the largest": "The readable share is {got}, expected {expected}: that is the "
    "mean of the largest probabilities. Count the images.",
    "another share": "The readable share of {count} images is {got}, expected {expected}.",
    "unreadable kinds": "You count {got} kinds, expected {expected}: the class of an unreadable "
    "image does not count.",
    "every image is a kind": "You count {got} kinds, expected {expected}: two readable images of "
    "one class are one kind.",
    "another number of kinds": "You count {got} kinds in {count} images, expected {expected}.",
    "not true or false": "The third value is {got}, expected True or False.",
    "one unused number": "You call a code collapsed whose second number is always the same. Its "
    "first number differs between images, so the code is in use.",
    "a collapsed code": "All codes are the same up to 0.01, and you do not call the code "
    "collapsed.",
    "numbers within a code": "All images have the code {code}, and you do not call it collapsed. "
    "Compare images with each other, not the numbers of one code.",
    "codes that differ": "The codes of the images differ, and you call the code collapsed. Look "
    "at the differences between images, not at the size of the numbers.",
}
EXAMPLE = [[0.95, 0.03, 0.02], [0.05, 0.9, 0.05], [0.4, 0.1, 0.5], [0.92, 0.04, 0.04]]
EXAMPLE.append([0.96, 0.02, 0.02])


def compare(learner, probabilities, codes):
    """Compare the share and the kinds; return what is said about the code."""
    got = learner.hole_test([row[:] for row in probabilities], [code[:] for code in codes])
    expect(isinstance(got, tuple | list) and len(got) == 3, "not three things", got=got)
    expect_number(got[0], "the readable share")
    expect_number(got[1], "the number of kinds")
    expect(isinstance(got[2], bool), "not true or false", got=got[2])
    count = len(probabilities)
    readable = [row for row in probabilities if max(row) >= 0.9]
    share = len(readable) / count
    shown = {"got": got[0], "expected": share, "count": count}
    above = sum(max(row) > 0.9 for row in probabilities) / count
    expect(above == share or not is_close(got[0], above), "at least 0.9", **shown)
    expect(len(readable) < 2 or not is_close(got[0], len(readable)), "the count", **shown)
    mean = sum(map(max, probabilities)) / count
    expect(is_close(mean, share) or not is_close(got[0], mean), "the mean of the largest", **shown)
    expect(is_close(got[0], share), "another share", **shown)
    kinds = {row.index(max(row)) for row in readable}
    all_kinds = {row.index(max(row)) for row in probabilities}
    shown = {"got": got[1], "expected": len(kinds), "count": count}
    is_same = got[1] == len(kinds)
    expect(is_same or got[1] != len(all_kinds), "unreadable kinds", **shown)
    expect(is_same or got[1] != len(readable), "every image is a kind", **shown)
    expect(is_same, "another number of kinds", **shown)
    return got[2]


def draw_images(generator, count):
    """Return the judge's probabilities of four classes; about half are readable."""
    rows = []
    for _ in range(count):
        largest = generator.choice([0.93, 0.97, 0.6, 0.7])
        row = [largest] + [(1 - largest) / 3] * 3
        generator.shuffle(row)
        rows.append(row)
    return rows


def check(learner, generator: random.Random) -> None:
    """Compare the example, then a collapsed code, then random images."""
    is_collapsed = compare(learner, EXAMPLE, [[0.5, 0.0], [-1.2, 0.0]])
    expect(not is_collapsed, "one unused number")
    same = [generator.uniform(0.5, 1), generator.uniform(-1, -0.5), generator.uniform(2, 3)]
    collapsed = [[value + generator.uniform(0, 0.004) for value in same] for _ in range(5)]
    is_collapsed = compare(learner, EXAMPLE, [same] * 4)
    expect(is_collapsed, "numbers within a code", code=same)
    expect(compare(learner, EXAMPLE, collapsed), "a collapsed code")
    is_collapsed = compare(learner, EXAMPLE, [[0.001, 0.05], [0.001, -0.03], [0.001, 0.01]])
    expect(not is_collapsed, "codes that differ")
    for count in (7, 12, 19):
        codes = [[generator.uniform(-2, 2) for _ in range(3)] for _ in range(count)]
        is_collapsed = compare(learner, draw_images(generator, count), codes)
        expect(not is_collapsed, "codes that differ")
