def hole_test(probabilities, codes):
    """Return the readable share, the number of kinds, and whether the code is collapsed.

    probabilities: of the classes, for each generated image; codes: the mean
    code of each training image.
    """
    readable = [row for row in probabilities if max(row) >= 0.9]
    kinds = {row.index(max(row)) for row in readable}
    spreads = [max(values) - min(values) for values in zip(*codes, strict=True)]
    is_collapsed = max(spreads) <= 0.01  # one used number is enough
    return len(readable) / len(probabilities), len(kinds), is_collapsed
