"""Softmax: one possible answer to the exercise."""

import math


def softmax(logits):
    """Return the probabilities for a list of logits of any size."""
    largest = max(logits)
    powers = [math.exp(logit - largest) for logit in logits]
    total = sum(powers)
    return [power / total for power in powers]


logits = [1000.0, -1000.0, 5000.0]
assert softmax(logits) == [0.0, 0.0, 1.0]
assert softmax([0.0, 0.0]) == [0.5, 0.5]
