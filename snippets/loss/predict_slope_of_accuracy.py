"""A nudge changes the loss, but not the accuracy."""

import math

points = [-2.0, -1.0, 0.5, 1.0, 3.0]
targets = [0, 1, 0, 1, 1]
nudge = 0.001


def measure(weight):
    """Return the accuracy and the mean loss of a neuron with one weight."""
    correct = 0
    loss = 0.0
    for x, target in zip(points, targets, strict=True):
        p = 1 / (1 + math.exp(-weight * x))
        correct += int((p > 0.5) == (target == 1))
        loss -= math.log(p if target == 1 else 1 - p)
    return correct / len(points), loss / len(points)


accuracy, loss = measure(0.8)
nudged_accuracy, nudged_loss = measure(0.8 + nudge)
answer = (nudged_accuracy - accuracy) / nudge
print("slope of the accuracy", answer)
print(f"slope of the loss {(nudged_loss - loss) / nudge:.3f}")
assert nudged_loss != loss
