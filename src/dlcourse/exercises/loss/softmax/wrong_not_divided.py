# the powers are not divided
import math


def softmax(logits):
    largest = max(logits)
    powers = [math.exp(logit) for logit in logits]
    total = sum(powers)
    return powers
