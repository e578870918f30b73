def slope(f, x, nudge=0.001):
    """Return how fast f changes at x, for each unit that x changes."""
    # TODO: divide the change of f by the distance between the two inputs
    raise NotImplementedError
