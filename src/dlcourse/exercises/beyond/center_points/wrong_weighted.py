# the mean is weighted with the ink
def center_points(points):
    """Return the points (row, column, ink) with rows and columns counted from their means.

    The ink and the order of the points stay the same.
    """
    num_points = sum(ink for _, _, ink in points)
    mean_row = sum(row * ink for row, _, ink in points) / num_points
    mean_column = sum(column * ink for _, column, ink in points) / num_points
    centered = []
    for row, column, ink in points:
        centered.append((row - mean_row, column - mean_column, ink))
    return centered
