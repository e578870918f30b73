# the squared distance
def count_modes(points, modes, radius):
    count = 0
    for a, b in modes:
        count += any((x - a) ** 2 + (y - b) ** 2 < radius for x, y in points)
    return count
