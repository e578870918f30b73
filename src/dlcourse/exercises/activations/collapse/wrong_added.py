# the weights are added
def merge(W1, b1, W2, b2):
    W = []
    b = []
    for weights, bias in zip(W2, b2, strict=True):
        row = [0] * len(W1[0])
        for weight, first_row, first_bias in zip(weights, W1, b1, strict=True):
            bias += weight * first_bias
            row = [old + weight + first for old, first in zip(row, first_row, strict=True)]
        W.append(row)
        b.append(bias)
    return (W, b)
