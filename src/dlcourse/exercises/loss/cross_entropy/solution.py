import math


def cross_entropy(logits, target):
    """Return minus the logarithm of the probability of the correct class."""
    largest = max(logits)
    total = sum(math.exp(logit - largest) for logit in logits)
    return largest + math.log(total) - logits[target]  # log-sum-exp minus one logit


def gradient(logits, target):
    """Return p - y, the slopes of the loss with respect to the logits."""
    largest = max(logits)
    powers = [math.exp(logit - largest) for logit in logits]
    slopes = [power / sum(powers) for power in powers]
    slopes[target] -= 1  # y is 1 for the correct class alone
    return slopes
