# softmax overflows
import math


def softmax(logits):
    largest = max(logits)
    powers = [math.exp(logit) for logit in logits]
    total = sum(powers)
    return [power / total for power in powers]


def cross_entropy(logits, target):
    probabilities = softmax(logits)
    return -math.log(probabilities[target])


def batch_loss(batch, targets):
    losses = [cross_entropy(logits, t) for logits, t in zip(batch, targets, strict=True)]
    return sum(losses) / len(losses)


def answer(logits):
    if len(logits) == 1:
        return int(logits[0] > 0)
    return logits.index(max(logits))


def objective(batch, targets):
    return batch_loss(batch, targets)
