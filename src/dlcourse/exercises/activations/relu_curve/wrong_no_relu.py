# no ReLU in the curve
def kinks(xs, ys):
    changes = []
    slope_before = 0.0
    for index in range(len(xs) - 1):
        width = xs[index + 1] - xs[index]
        slope = (ys[index + 1] - ys[index]) / width
        changes.append(slope - slope_before)
        slope_before = slope
    return (ys[0], changes)


def curve(x, xs, start, changes):
    total = start
    for place, change in zip(xs, changes, strict=False):
        total += change * (x - place)
    return total
