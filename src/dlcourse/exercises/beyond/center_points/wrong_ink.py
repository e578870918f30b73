# the ink was centered as well
def center_points(points):
    """Return the points (row, column, ink) with rows and columns counted from their means.

    The ink and the order of the points stay the same.
    """
    num_points = len(points)
    mean_row = sum(row for row, _, _ in points) / num_points
    mean_column = sum(column for _, column, _ in points) / num_points
    mean_ink = sum(ink for _, _, ink in points) / num_points
    centered = []
    for row, column, ink in points:
        centered.append((row - mean_row, column - mean_column, ink - mean_ink))
    return centered
