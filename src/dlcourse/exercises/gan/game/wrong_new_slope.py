# the new slope
def play_step(point, slope, step_size, kind):
    gradient = -point - (slope if kind == "R1" else 0)
    new_slope = slope + step_size * gradient
    return point + step_size * new_slope, new_slope
