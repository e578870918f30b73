def shift_kind(layer, row, distance):
    """Return "equivariant", "invariant" or "neither" for a shift to the right.

    layer takes a list of numbers and returns one. What leaves the row on the
    right comes in on the left.
    """
    # TODO: compare the output of the shifted row with the output, and with the shifted output
    raise NotImplementedError
