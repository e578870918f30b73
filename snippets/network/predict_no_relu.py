"""Without ReLU the network for the stairs fails with both switches down."""

x1 = 0
x2 = 0
h1 = 1 * x1 + 1 * x2 + 0
h2 = 1 * x1 + 1 * x2 - 1
answer = 1 * h1 - 2 * h2
print(answer)
assert 1 * max(0, h1) - 2 * max(0, h2) == 0  # with ReLU the light is off
