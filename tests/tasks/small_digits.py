"""Small data sets of digits, for tests that train more than once."""

import dataclasses

from dlcourse.data.batches import Split
from dlcourse.data.digits import load_digits


def load_few():
    """Return 150 digits, so that an epoch has few steps."""
    digits = load_digits()
    train = Split(digits.train.images[:150], digits.train.labels[:150])
    return dataclasses.replace(digits, train=train)


def load_three():
    """Return the digits 0 to 2: a data set of the same shape with other classes."""
    digits = load_digits()
    splits = {}
    for name in ("train", "validation", "test"):
        split = getattr(digits, name)
        chosen = split.labels < 3
        splits[name] = Split(split.images[chosen], split.labels[chosen])
    return dataclasses.replace(digits, name="three", class_names=("0", "1", "2"), **splits)
