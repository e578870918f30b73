# the penalty is doubled
def play_step(point, slope, step_size, kind):
    gradient = -point - (2 * slope if kind == "R1" else 0)
    new_slope = slope + step_size * gradient
    seen = slope if kind == "simultaneous" else new_slope
    return point + step_size * seen, new_slope
