# the exponentials are missing
import math


def softmax(logits):
    largest = max(logits)
    powers = [logit for logit in logits]
    total = sum(powers)
    return [power / total for power in powers]
