"""Check a function in a notebook: this one forgets the bias."""

from dlcourse.exercises import check


def weighted_sum(x, w, b):
    """Return the sum of w[i] * x[i] over all inputs, plus the bias b."""
    total = 0.0
    for weight, value in zip(w, x, strict=True):
        total += weight * value
    return total


check(weighted_sum)
