"""The signs of all weights and of the bias are reversed."""

import math


def sigmoid_neuron(x, w, b):
    """Return the sigmoid of the weighted sum."""
    z = b
    for w_i, x_i in zip(w, x, strict=True):
        z += w_i * x_i
    return 1 / (1 + math.exp(-z))


x = [1.0, 2.0]
before = sigmoid_neuron(x, [0.5, 0.3], -0.253)
after = sigmoid_neuron(x, [-0.5, -0.3], 0.253)
answer = round(after, 2)

print(f"before: {before:.2f}")
print(f"after:  {after:.2f}")
