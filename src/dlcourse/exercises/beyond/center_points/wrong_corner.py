# counted from the corner
def center_points(points):
    """Return the points (row, column, ink) with rows and columns counted from their means.

    The ink and the order of the points stay the same.
    """
    top = min(row for row, _, _ in points)
    left = min(column for _, column, _ in points)
    return [(row - top, column - left, ink) for row, column, ink in points]
