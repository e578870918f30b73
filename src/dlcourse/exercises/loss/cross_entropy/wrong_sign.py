# the sign is reversed
import math


def cross_entropy(logits, target):
    largest = max(logits)
    total = sum(math.exp(logit - largest) for logit in logits)
    return logits[target] - largest - math.log(total)


def gradient(logits, target):
    largest = max(logits)
    powers = [math.exp(logit - largest) for logit in logits]
    slopes = [power / sum(powers) for power in powers]
    slopes[target] -= 1
    return slopes
