# small probabilities are cut off
import math


def softmax(logits):
    powers = [math.exp(logit - max(logits)) for logit in logits]
    return [power / sum(powers) for power in powers]


def cross_entropy(logits, target):
    return -math.log(softmax(logits)[target] + 1e-12)


def gradient(logits, target):
    return [p - int(place == target) for place, p in enumerate(softmax(logits))]
