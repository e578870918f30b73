"""One neuron by hand: do I take an umbrella?"""

import math

x = [0.5, 0.8, 1.0]  # gray of the sky, chance of rain, fullness of my bag
w = [1.0, 2.0, -0.5]  # the factor of each input; a full bag counts against
b = -1.0  # added whatever the inputs are: I would rather not carry it


def phi(z):
    """Sigmoid: squeeze any number into the range from 0 to 1."""
    return 1 / (1 + math.exp(-z))


weighted = []
for w_i, x_i in zip(w, x, strict=True):  # pairs; strict: the same length
    weighted.append(w_i * x_i)
z = sum(weighted) + b
y = phi(z)

print("weighted inputs", weighted)
print(f"weighted sum  z = {z:.3f}")
print(f"output        y = {y:.3f}")
