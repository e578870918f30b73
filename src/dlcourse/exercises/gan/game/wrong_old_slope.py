# the old slope
def play_step(point, slope, step_size, kind):
    gradient = -point - (slope if kind == "R1" else 0)
    return point + step_size * slope, slope + step_size * gradient
