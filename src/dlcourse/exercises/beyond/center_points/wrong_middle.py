# the middle of the extremes
def center_points(points):
    """Return the points (row, column, ink) with rows and columns counted from their means.

    The ink and the order of the points stay the same.
    """
    rows = [row for row, _, _ in points]
    columns = [column for _, column, _ in points]
    row_middle = (min(rows) + max(rows)) / 2
    column_middle = (min(columns) + max(columns)) / 2
    return [(row - row_middle, column - column_middle, ink) for row, column, ink in points]
