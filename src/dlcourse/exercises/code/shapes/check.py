"""Check code/shapes."""

import random

from dlcourse.exercises.checking import expect, expect_list

MESSAGES = {
    "not a tuple": "Shape {place}, of {expression}, is {got}, expected a tuple such as (2, 3).",
    "one length needs a comma": "Shape {place} is the number {got}: in Python (64) is a number, "
    "and (64,) is a tuple with one length.",
    "a number in brackets removes its axis": "For images[0] you say {got}, expected {expected}: "
    "the number 0 picks one image, so the axis of the images disappears.",
    "a column of numbers": "For images[:, 0] you say {got}, expected {expected}: the colon keeps "
    "all images, and the 0 removes the axis of the channels.",
    "the mean over the images keeps the pixels": "For mean(dim=0) you say {got}, expected "
    "{expected}: dim=0 removes the axis of the images, and one mean for each pixel remains.",
    "argmax removes the axis of the classes": "For argmax(dim=1) you say {got}, expected "
    "{expected}: the axis of the classes disappears, and each image has one predicted class.",
    "always the same": "With count = {count}, side = {side} and classes = {classes} you return the "
    "shapes of the example again: compute them from the arguments.",
    "another shape": "Shape {place}, of {expression}, is {got}, expected {expected}.",
}
EXPRESSIONS = [
    "images[0]",
    "images[:, 0]",
    "images.flatten(1)",
    "the mean along dim=0",
    "the layer's output",
    "the argmax along dim=1",
]


def right_shapes(count: int, side: int, classes: int) -> list[tuple[int, ...]]:
    """Return the six shapes."""
    pixels = side * side
    return [
        (1, side, side),
        (count, side, side),
        (count, pixels),
        (pixels,),
        (count, classes),
        (count,),
    ]


def compare(got: list, count: int, side: int, classes: int) -> None:
    """Stop at the first shape that is wrong, with its cause if it is known."""
    expect_list(got, 6, f"shapes({count}, {side}, {classes})")
    right = right_shapes(count, side, classes)
    for place, (expression, mine, expected) in enumerate(
        zip(EXPRESSIONS, got, right, strict=True), start=1
    ):
        is_bare = mine == expected[0] and len(expected) == 1
        expect(not is_bare, "one length needs a comma", place=place, got=mine)
        shown = {"place": place, "expression": expression, "got": str(mine)}
        expect(isinstance(mine, tuple), "not a tuple", **shown)
        shown["expected"] = str(expected)
        keeps = place == 1 and len(mine) == 4
        expect(not keeps, "a number in brackets removes its axis", **shown)
        expect(not (place == 2 and len(mine) != 3), "a column of numbers", **shown)
        of_each = place == 4 and mine == (count,)
        expect(not of_each, "the mean over the images keeps the pixels", **shown)
        is_kept = place == 6 and mine in {(classes,), (count, 1), (count, classes)}
        expect(not is_kept, "argmax removes the axis of the classes", **shown)
        expect(mine == expected, "another shape", **shown)


def check(learner, generator: random.Random) -> None:
    """Compare the example of the task, then three other sizes."""
    compare(learner.shapes(32, 8, 10), 32, 8, 10)
    for _ in range(3):
        count = generator.randint(40, 90)
        side = generator.randint(11, 29)
        classes = generator.randint(3, 9)
        got = learner.shapes(count, side, classes)
        is_constant = got == right_shapes(32, 8, 10)
        shown = {"count": count, "side": side, "classes": classes}
        expect(not is_constant, "always the same", **shown)
        compare(got, count, side, classes)
