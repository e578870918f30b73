# no softmax
import math


def last_layer(targets, z):
    """Return the outputs of the last layer for the weighted sums z, as a list.

    targets: a row of targets for each training example.
    """
    is_one_of_many = False
    for row in targets:
        for target in row:
            if target not in (0, 1):
                return z[:]  # any number: no activation
        if len(row) == 1 or row.count(1) != 1:
            is_one_of_many = False
    if is_one_of_many:
        powers = [math.exp(value) for value in z]
        return [power / sum(powers) for power in powers]
    return [1 / (1 + math.exp(-value)) for value in z]  # each sum is a yes or no
