def shift(row, distance):
    """Return the row, moved to the right; what leaves comes in on the left."""
    return row[-distance:] + row[:-distance]


def are_equal(first, second):
    """Say whether two lists hold the same numbers, up to rounding."""
    return all(abs(a - b) < 1e-6 for a, b in zip(first, second, strict=True))


def shift_kind(layer, row, distance):
    """Return "equivariant", "invariant" or "neither" for a shift to the right.

    layer takes a list of numbers and returns one. What leaves the row on the
    right comes in on the left.
    """
    output = layer(row)
    shifted_first = layer(shift(row, distance))
    if are_equal(shifted_first, output):
        return "invariant"
    if are_equal(shifted_first, shift(output, distance)):
        return "equivariant"
    return "neither"
