def play_step(point, slope, step_size, kind):
    """Return the pair (new point, new slope) after one step of both players.

    kind: "simultaneous", "alternating" or "R1" (alternating, with the penalty).
    """
    # TODO: move the slope, then the point by the old or the new slope
    raise NotImplementedError
