"""Check diffusion/best_guess."""

import math
import random

from dlcourse.exercises.checking import are_close, expect, expect_list, expect_number

MESSAGES = {
    "the plain mean": "For share {s} you return {got}, expected {expected}: that is the plain "
    "mean of all images. A nearer image has a larger weight.",
    "the nearest image": "For share {s} you return {got}, expected {expected}: that is the "
    "nearest image. With so much noise the others count as well.",
    "the images are not scaled": "For share {s} you return {got}, expected {expected}: compare x "
    "with √s · image, since the example was made smaller by √s.",
    "the factor is the share": "For share {s} you return {got}, expected {expected}: you compare "
    "x with s · image. The factor is the square root of the share.",
    "the variance is missing": "For share {s} you return {got}, expected {expected}: divide the "
    "squared distances by 2 · (1 - s), twice the variance of the noise.",
    "the two is missing": "For share {s} you return {got}, expected {expected}: divide the "
    "squared distances by 2 · (1 - s), not by 1 - s.",
    "distances without squares": "For share {s} you return {got}, expected {expected}: use the "
    "squared distance, not the distance.",
    "the farthest image": "For share {s} you return {got}, expected {expected}: the sign is "
    "missing. A larger distance makes an image less likely.",
    "scaled images are mixed": "For share {s} you return {got}, expected {expected}: you mix √s · "
    "image. The guess is a mean of the images themselves.",
    "another guess": "For share {s} you return {got}, expected {expected}.",
}


def find_guess(x, images, s, factor=None, scale=None, power=1.0, sign=-1):
    """Return the weighted mean; other arguments than the first three make a mistake."""
    factor = math.sqrt(s) if factor is None else factor
    scale = 2 * (1 - s) if scale is None else scale
    scores = []
    for image in images:
        distance = sum((a - factor * b) ** 2 for a, b in zip(x, image, strict=True))
        scores.append(sign * distance**power / scale)
    weights = [math.exp(score - max(scores)) for score in scores]
    total = sum(weights)
    columns = zip(*images, strict=True)
    return [sum(w * v for w, v in zip(weights, column, strict=True)) / total for column in columns]


def compare(learner, x, images, s):
    """Compare one guess with those of known mistakes."""
    got = learner.best_guess(x[:], [image[:] for image in images], s)
    expect_list(got, len(x), "best_guess(...)")
    for value in got:
        expect_number(value, "a number of the guess")
    right = find_guess(x, images, s)
    mistakes = {
        "the plain mean": find_guess(x, images, s, sign=0),
        "the nearest image": find_guess(x, images, s, scale=1e-9),
        "the images are not scaled": find_guess(x, images, s, factor=1.0),
        "the factor is the share": find_guess(x, images, s, factor=s),
        "the variance is missing": find_guess(x, images, s, scale=1.0),
        "the two is missing": find_guess(x, images, s, scale=1 - s),
        "distances without squares": find_guess(x, images, s, power=0.5),
        "the farthest image": find_guess(x, images, s, sign=1),
        "scaled images are mixed": [math.sqrt(s) * value for value in right],
    }
    shown = {"s": s, "got": got, "expected": right}
    for key, mistaken in mistakes.items():
        is_other = not are_close(mistaken, right, 1e-4)
        expect(not (is_other and are_close(got, mistaken)), key, **shown)
    expect(are_close(got, right), "another guess", **shown)


def check(learner, generator: random.Random) -> None:
    """Compare the example, then random images, then a share near 1."""
    compare(learner, [0.8], [[0.0], [1.0]], 0.25)
    for count, size, s in ((3, 2, 0.3), (5, 3, 0.6), (7, 4, 0.15)):
        images = []
        for _ in range(count):
            images.append([generator.uniform(-1, 1) for _ in range(size)])
        x = [generator.gauss(0, 1) for _ in range(size)]
        compare(learner, x, images, s)
    compare(learner, [30.0, -20.0], [[1.0, 1.0], [-1.0, 0.5], [0.5, -1.0]], 0.999)
