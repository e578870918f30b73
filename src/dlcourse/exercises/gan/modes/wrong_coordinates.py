# each coordinate
def count_modes(points, modes, radius):
    count = 0
    for a, b in modes:
        count += any(abs(x - a) < radius and abs(y - b) < radius for x, y in points)
    return count
