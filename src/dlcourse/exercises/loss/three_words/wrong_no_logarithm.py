# the probability as the loss
import math


def probability(w, x):
    """Return the probability of the label 1."""
    return 1 / (1 + math.exp(-w * x))


def loss(w, x, label):
    """Return the cross-entropy of one example."""
    p = probability(w, x)
    if label == 1:
        return p
    return 1 - p


def metric(w, examples):
    """Return the accuracy: the share of examples that are classified correctly."""
    num_correct = 0
    for x, label in examples:
        answer = probability(w, x) > 0.5
        num_correct += answer == (label == 1)
    return num_correct / len(examples)


def objective(w, examples, penalty):
    """Return the mean loss plus the penalty for a large weight."""
    losses = [loss(w, x, label) for x, label in examples]
    return sum(losses) / len(examples) + penalty * w**2


def slope(function, w):
    """Return the slope of a function of w, from two values around w."""
    h = 0.001
    return (function(w + h) - function(w - h)) / (2 * h)
