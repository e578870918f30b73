# no penalty
def play_step(point, slope, step_size, kind):
    new_slope = slope - step_size * point
    seen = slope if kind == "simultaneous" else new_slope
    return point + step_size * seen, new_slope
