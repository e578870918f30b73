"""Check autoencoders/divergence."""

import math
import random

from dlcourse.exercises.checking import expect, expect_number, is_close

MESSAGES = {
    "not a pair": "vae_loss(...) is {got}, expected a pair (error, divergence).",
    "the pair is swapped": "You return {got}, expected {expected}: the error comes first.",
    "the mean over the pixels": "The error is {got}, expected {expected}: that is the mean over "
    "the pixels. With it the divergence counts too much and the code collapses.",
    "only white pixels": "The error is {got}, expected {expected}: black pixels cost nothing with "
    "you. Add (1 - x) * log(1 - p).",
    "the sign of the error": "The error is {got}, expected {expected}: the logarithm of a "
    "probability is negative, so the sum needs a minus.",
    "the squared error": "The error is {got}, expected {expected}: that is the squared error. A "
    "VAE's error is the cross entropy of each pixel.",
    "another error": "The error is {got}, expected {expected}.",
    "no half": "The divergence is {got}, expected {expected}: the factor one half is missing.",
    "the mean over the code": "The divergence is {got}, expected {expected}: that is the mean "
    "over the code. Add up its numbers.",
    "the logarithm of the deviation": "The divergence is {got}, expected {expected}: log_variance "
    "is the logarithm of the variance already. Do not square its exponential.",
    "the logarithm itself": "The divergence is {got}, expected {expected}: you use log_variance "
    "as the variance. The variance is its exponential.",
    "the mean is not squared": "The divergence is {got}, expected {expected}: the mean is "
    "squared, so that both directions away from 0 cost the same.",
    "the sign of the logarithm": "The divergence is {got}, expected {expected}: log_variance is "
    "subtracted. Only then is the sum 0 for mean 0 and variance 1.",
    "the one is missing": "The divergence is {got}, expected {expected}: subtract 1 for each "
    "number, so that the standard normal distribution costs 0.",
    "another divergence": "The divergence is {got}, expected {expected}.",
}


def find_errors(pixels, probabilities):
    """Return the right error and those of known mistakes."""
    pairs = list(zip(pixels, probabilities, strict=True))
    expected = -sum(x * math.log(p) + (1 - x) * math.log(1 - p) for x, p in pairs)
    return expected, {
        "the mean over the pixels": expected / len(pairs),
        "only white pixels": -sum(x * math.log(p) for x, p in pairs),
        "the sign of the error": -expected,
        "the squared error": sum((x - p) ** 2 for x, p in pairs),
    }


def find_divergences(mean, log_variance):
    """Return the right divergence and those of known mistakes."""
    pairs = list(zip(mean, log_variance, strict=True))
    expected = sum(m * m + math.exp(v) - 1 - v for m, v in pairs) / 2
    return expected, {
        "no half": 2 * expected,
        "the mean over the code": expected / len(pairs),
        "the logarithm of the deviation": sum(m * m + math.exp(2 * v) - 1 - v for m, v in pairs)
        / 2,
        "the logarithm itself": sum(m * m + v - 1 - v for m, v in pairs) / 2,
        "the mean is not squared": sum(m + math.exp(v) - 1 - v for m, v in pairs) / 2,
        "the sign of the logarithm": sum(m * m + math.exp(v) - 1 + v for m, v in pairs) / 2,
        "the one is missing": sum(m * m + math.exp(v) - v for m, v in pairs) / 2,
    }


def compare(learner, arguments):
    """Compare both numbers with those of known mistakes."""
    got = learner.vae_loss(*[values[:] for values in arguments])
    expect(isinstance(got, tuple | list) and len(got) == 2, "not a pair", got=got)
    for value, name in zip(got, ("the error", "the divergence"), strict=True):
        expect_number(value, name)
    error, wrong_errors = find_errors(*arguments[:2])
    divergence, wrong_divergences = find_divergences(*arguments[2:])
    is_swapped = is_close(got[0], divergence) and is_close(got[1], error)
    expected = (error, divergence)
    expect(not is_swapped, "the pair is swapped", got=tuple(got), expected=expected)
    parts = [("another error", wrong_errors), ("another divergence", wrong_divergences)]
    for value, right, (name, mistakes) in zip(got, expected, parts, strict=True):
        shown = {"got": value, "expected": right}
        for key, mistaken in mistakes.items():
            is_told_apart = not is_close(mistaken, right)
            is_told_apart &= sum(is_close(mistaken, other) for other in mistakes.values()) == 1
            expect(not (is_told_apart and is_close(value, mistaken)), key, **shown)
        expect(is_close(value, right), name, **shown)


def check(learner, generator: random.Random) -> None:
    """Compare the example, then gray pixels and negative means, then random numbers."""
    compare(learner, [[1, 0], [0.5, 0.25], [1, 0], [0, math.log(4)]])
    compare(learner, [[0.5, 0.0, 1.0], [0.25, 0.4, 0.9], [-2.0, 0.5], [-1.0, 0.3]])
    for num_pixels, num_codes in ((7, 3), (5, 6), (9, 2)):
        pixels = [generator.random() for _ in range(num_pixels)]
        probabilities = [generator.uniform(0.1, 0.9) for _ in range(num_pixels)]
        mean = [generator.uniform(-2, 2) for _ in range(num_codes)]
        log_variance = [generator.uniform(-2, 1) for _ in range(num_codes)]
        compare(learner, [pixels, probabilities, mean, log_variance])
