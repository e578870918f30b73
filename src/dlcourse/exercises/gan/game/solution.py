def play_step(point, slope, step_size, kind):
    """Return the pair (new point, new slope) after one step of both players.

    kind: "simultaneous", "alternating" or "R1" (alternating, with the penalty).
    """
    gradient = -point  # the discriminator raises -slope * point
    if kind == "R1":
        gradient -= slope  # the penalty is slope ** 2 / 2
    new_slope = slope + step_size * gradient
    seen = slope if kind == "simultaneous" else new_slope
    new_point = point + step_size * seen  # the generator raises slope * point
    return new_point, new_slope
