def xor_weights():
    """Return the weights of the two hidden units, and those of the output unit."""
    W = [[1, -1], [-1, 1]]  # the two differences: x1 - x2 and x2 - x1
    v = [1, 1]
    return W, v
