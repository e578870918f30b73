"""Check convolution/heads."""

import random

from dlcourse.exercises.checking import expect

MESSAGES = {
    "not a tuple": "answer_shape('{question}', ...) is {got}, expected a tuple of whole numbers.",
    "places are kept": "'which' with {case}: you return {got}, expected {expected}. The "
    "classifier takes the largest logit over all places, so no rows and columns are left.",
    "no distances": "'where' with {case}: you return {got}, expected {expected}. The four "
    "distances to the edges of the box are missing.",
    "no class logits": "'where' with {case}: you return {got}, expected {expected}. A box needs "
    "its class as well: one logit for each class at each place.",
    "no background": "'pixels' with {case}: you return {got}, expected {expected}. Most pixels "
    "belong to no object, so the background needs a logit of its own.",
    "places instead of pixels": "'pixels' with {case}: you return {got}, expected {expected}. A "
    "place stands for 2 x 2 pixels, and each pixel gets an answer.",
    "channels come last": "'{question}' with {case}: you return {got}, expected {expected}. The "
    "channels come first.",
    "rows and columns are swapped": "'{question}' with {case}: you return {got}, expected "
    "{expected}. The rows come before the columns.",
    "another shape": "'{question}' with {case}: you return {got}, expected {expected}.",
}


def compare(learner, question, num_classes, rows, columns):
    """Compare one shape with those of known mistakes."""
    got = learner.answer_shape(question, num_classes, rows, columns)
    is_tuple = isinstance(got, tuple) and all(type(size) is int for size in got)
    expect(is_tuple, "not a tuple", question=question, got=got)
    expected = {
        "which": (num_classes,),
        "where": (num_classes + 4, rows, columns),
        "pixels": (num_classes + 1, 2 * rows, 2 * columns),
    }[question]
    case = f"{num_classes} classes and {rows} x {columns} places"
    shown = {"question": question, "case": case, "got": repr(got), "expected": repr(expected)}
    if question == "which":
        expect(got != (num_classes, rows, columns), "places are kept", **shown)
    else:
        channels, height, width = expected
        expect(got != (height, width, channels), "channels come last", **shown)
        expect(got != (channels, width, height), "rows and columns are swapped", **shown)
    if question == "where":
        expect(got != (num_classes, rows, columns), "no distances", **shown)
        expect(got != (4, rows, columns), "no class logits", **shown)
    if question == "pixels":
        expect(got != (num_classes, height, width), "no background", **shown)
        expect(got != (channels, rows, columns), "places instead of pixels", **shown)
    expect(got == expected, "another shape", **shown)


def check(learner, generator: random.Random) -> None:
    """Ask the three questions of the example, then those of random sizes."""
    for question in ("which", "where", "pixels"):
        compare(learner, question, 10, 16, 12)
    for _ in range(3):
        num_classes = generator.choice([3, 5, 7])
        rows = generator.randint(9, 15)
        columns = generator.randint(17, 23)
        for question in ("pixels", "where", "which"):
            compare(learner, question, num_classes, rows, columns)
