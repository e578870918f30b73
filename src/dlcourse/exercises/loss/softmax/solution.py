import math


def softmax(logits):
    """Return the probabilities for a list of logits of any size."""
    largest = max(logits)
    # the same shift of all logits changes no probability, and exp cannot overflow
    powers = [math.exp(logit - largest) for logit in logits]
    total = sum(powers)
    return [power / total for power in powers]
