# not all orders are tried
def is_same_in_any_order(predict, points):
    """Say whether predict(points) is the same number, up to 1e-9, in every order of the points.

    predict takes a list of points; there are at most five.
    """
    first = predict(list(points))
    return abs(predict(list(reversed(points))) - first) <= 1e-9
