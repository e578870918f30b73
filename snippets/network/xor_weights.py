"""A 2-2-1 network without biases that computes XOR."""


def xor_weights():
    """Return the weights of the hidden units and of the output unit."""
    W = [[1, -1], [-1, 1]]  # the two differences: x1 - x2 and x2 - x1
    v = [1, 1]
    return W, v


W, v = xor_weights()
for x1 in (0, 1):
    for x2 in (0, 1):
        hidden = []
        for w1, w2 in W:
            z = w1 * x1 + w2 * x2
            hidden.append(max(0, z))
        h1, h2 = hidden
        print(x1, x2, v[0] * h1 + v[1] * h2)
