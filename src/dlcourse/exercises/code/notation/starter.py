def read(W, b, x):
    """Return the values of the six formulas as a dictionary."""
    # TODO: compute the six formulas, and return them in a dictionary with the six keys
    raise NotImplementedError
