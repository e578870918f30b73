# it overflows
import math


def softmax(logits):
    largest = max(logits)
    powers = [math.exp(logit) for logit in logits]
    total = sum(powers)
    return [power / total for power in powers]
