"""Check network/describe."""

import random
from itertools import pairwise

from dlcourse.exercises.checking import expect, expect_list, expect_number

MESSAGES = {
    "not a dictionary": "describe(…) returns {got}, expected a dictionary with five keys.",
    "a key is missing": "The dictionary has no key “{part}”; its keys are {got}.",
    "another number of columns": "For {sizes} you count {got} columns, expected {expected}: one "
    "for each layer, the input layer included.",
    "the output layer is not hidden": "For {sizes} you count {got} hidden layers, expected "
    "{expected}: the last layer gives the result and is not hidden.",
    "another number of hidden layers": "For {sizes} you count {got} hidden layers, expected "
    "{expected}: those between the first and the last.",
    "the input layer has no weights": "For {sizes} you return the depth {got}, expected "
    "{expected}: the input layer has no weights and does not count.",
    "another depth": "For {sizes} you return the depth {got}, expected {expected}: the layers with "
    "weights.",
    "the biases are no connections": "For {sizes} you count {got} edges, expected {expected}: that "
    "is the number of parameters. A bias is not a connection.",
    "another number of edges": "For {sizes} you count {got} edges, expected {expected}.",
    "the batch as given is missing": "For {sizes} you return {got} shapes, expected {expected}: "
    "the first one is that of the batch as given.",
    "rows and columns are swapped": "The first shape is {got}, expected {expected}: rows first, "
    "one for each example.",
    "the number of rows changes": "Shape {number} is {got}, expected {expected}: each example "
    "stays one row in all layers.",
    "another shape": "Shape {number} is {got}, expected {expected}.",
}
PARTS = ["columns", "hidden layers", "depth", "edges", "shapes"]


def look_at_counts(got: dict, sizes: list[int]) -> None:
    """Compare the four counts."""
    edges = sum(before * after for before, after in pairwise(sizes))
    right = {
        "columns": len(sizes),
        "hidden layers": len(sizes) - 2,
        "depth": len(sizes) - 1,
        "edges": edges,
    }
    causes = {
        "hidden layers": (len(sizes) - 1, "the output layer is not hidden"),
        "depth": (len(sizes), "the input layer has no weights"),
        "edges": (edges + sum(sizes[1:]), "the biases are no connections"),
    }
    others = {
        "columns": "another number of columns",
        "hidden layers": "another number of hidden layers",
        "depth": "another depth",
        "edges": "another number of edges",
    }
    for part, expected in right.items():
        expect_number(got[part], part)
        shown = {"sizes": sizes, "got": got[part], "expected": expected}
        if part in causes:
            known, key = causes[part]
            expect(got[part] != known, key, **shown)
        expect(got[part] == expected, others[part], **shown)


def look(learner, sizes: list[int], batch_size: int) -> None:
    """Compare the counts, then the shapes."""
    got = learner.describe(sizes[:], batch_size)
    expect(isinstance(got, dict), "not a dictionary", got=got)
    for part in PARTS:
        expect(part in got, "a key is missing", part=part, got=list(got))
    look_at_counts(got, sizes)
    shapes = got["shapes"]
    is_short = isinstance(shapes, list) and len(shapes) == len(sizes) - 1
    shown = {"sizes": sizes, "got": len(sizes) - 1, "expected": len(sizes)}
    expect(not is_short, "the batch as given is missing", **shown)
    expect_list(shapes, len(sizes), "shapes")
    for number, (mine, size) in enumerate(zip(shapes, sizes, strict=True), start=1):
        expected = (batch_size, size)
        shown = {"got": mine, "expected": expected}
        is_swapped = number == 1 and mine == (size, batch_size)
        expect(not is_swapped, "rows and columns are swapped", **shown)
        is_other = isinstance(mine, tuple) and len(mine) == 2 and mine[0] != batch_size
        expect(not is_other, "the number of rows changes", number=number, **shown)
        expect(mine == expected, "another shape", number=number, **shown)


def check(learner, generator: random.Random) -> None:
    """Describe the example of the task, then random networks."""
    look(learner, [784, 128, 10], 32)
    for count in (2, 3, 4, 6):
        sizes = [generator.randint(3, 90) for _ in range(count)]
        look(learner, sizes, generator.randint(100, 200))
