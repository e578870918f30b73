"""One forward pass through a 2-2-1 network: is the light on?"""


def relu(z):
    """Pass on what is positive, and make the rest 0."""
    return max(0, z)


x1 = 1  # both switches are up
x2 = 1

h1 = relu(1 * x1 + 1 * x2 + 0)  # weight, weight, bias
h2 = relu(1 * x1 + 1 * x2 - 1)
y = 1 * h1 - 2 * h2 + 0

print("x =", (x1, x2), " h =", (h1, h2), " y =", y)
