def kinks(xs, ys):
    """Return start and changes of the sum of ReLUs that goes through the points."""
    changes = []
    slope_before = 0.0  # left of the first place the curve is flat
    for index in range(len(xs) - 1):
        width = xs[index + 1] - xs[index]
        slope = (ys[index + 1] - ys[index]) / width
        changes.append(slope - slope_before)
        slope_before = slope
    return ys[0], changes


def curve(x, xs, start, changes):
    """Return the value of the sum of ReLUs at x."""
    total = start
    for place, change in zip(xs, changes, strict=False):  # the last place has no ReLU
        total += change * max(0, x - place)
    return total
