# rounding counts as a change
import itertools


def is_same_in_any_order(predict, points):
    """Say whether predict(points) is the same number, up to 1e-9, in every order of the points.

    predict takes a list of points; there are at most five.
    """
    first = predict(list(points))
    for order in itertools.permutations(points):
        difference = predict(list(order)) - first
        if difference != 0:
            return False
    return True
