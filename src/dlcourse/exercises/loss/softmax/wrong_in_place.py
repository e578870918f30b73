# the list is changed
import math


def softmax(logits):
    largest = max(logits)
    for place in range(len(logits)):
        logits[place] = math.exp(logits[place] - largest)
    total = sum(logits)
    return [power / total for power in logits]
