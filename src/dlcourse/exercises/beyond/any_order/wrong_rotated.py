# some orders are left out
def is_same_in_any_order(predict, points):
    """Say whether predict(points) is the same number, up to 1e-9, in every order of the points.

    predict takes a list of points; there are at most five.
    """
    first = predict(list(points))
    for start in range(len(points)):
        rotated = points[start:] + points[:start]
        if abs(predict(rotated) - first) > 1e-9:
            return False
    return True
