# subtracting the mean is not enough
import math


def softmax(logits):
    largest = sum(logits) / len(logits)
    powers = [math.exp(logit - largest) for logit in logits]
    total = sum(powers)
    return [power / total for power in powers]
