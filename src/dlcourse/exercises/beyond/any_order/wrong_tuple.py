# predict got no list
import itertools


def is_same_in_any_order(predict, points):
    """Say whether predict(points) is the same number, up to 1e-9, in every order of the points.

    predict takes a list of points; there are at most five.
    """
    first = predict(list(points))
    for order in itertools.permutations(points):
        difference = predict(order) - first
        if abs(difference) > 1e-9:  # more than rounding
            return False
    return True
