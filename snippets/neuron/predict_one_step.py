"""One small step of a weight against the slope of its loss."""

import math

x = 2.0
target = 0.0
learning_rate = 0.1
nudge = 1e-6


def squared_error(weight):
    """Return the loss of a sigmoid neuron with one input and no bias."""
    output = 1 / (1 + math.exp(-weight * x))
    return (output - target) ** 2


weight = 0.0
slope = (squared_error(weight + nudge) - squared_error(weight)) / nudge
stepped = weight - learning_rate * slope
answer = "below 0" if stepped < 0 else "above 0"

print(f"slope  {slope:.2f}")
print(f"weight {stepped:.2f}, which is {answer}")
print(f"loss   {squared_error(weight):.3f} before the step")
print(f"loss   {squared_error(stepped):.3f} after it")
assert squared_error(-stepped) > squared_error(weight)
