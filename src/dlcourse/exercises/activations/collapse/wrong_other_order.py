# the product in the other order
def product(A, B):
    return [[sum(a * b for a, b in zip(row, column)) for column in zip(*B)] for row in A]


def merge(W1, b1, W2, b2):
    W = product(W1, W2)
    b = [sum(w * first for w, first in zip(row, b1)) + second for row, second in zip(W2, b2)]
    return W, b
