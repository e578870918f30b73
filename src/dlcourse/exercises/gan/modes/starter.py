def count_modes(points, modes, radius):
    """Return how many modes have a point at a distance below the radius.

    points and modes are lists of pairs of numbers.
    """
    # TODO: count the modes that have at least one near point
    raise NotImplementedError
