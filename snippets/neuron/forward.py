"""One neuron by hand: shall I take the umbrella?"""

import math

x = [0.5, 0.8, 1.0]  # gray of the sky, chance of rain, fullness of my bag
w = [1.0, 2.0, -0.5]  # how much each counts; the full bag counts against
b = -1.0  # I am a little reluctant, whatever the weather


def phi(z):
    """Sigmoid: squeeze any number into the range from 0 to 1."""
    return 1 / (1 + math.exp(-z))


weighted = [w_i * x_i for w_i, x_i in zip(w, x, strict=True)]
z = sum(weighted) + b
y = phi(z)

print("weighted inputs", weighted)
print(f"weighted sum  z = {z:.3f}")
print(f"output        y = {y:.3f}")
