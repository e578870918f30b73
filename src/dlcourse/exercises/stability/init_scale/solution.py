def better_std(lengths, std):
    """Return the standard deviation of weights for which the gradient keeps its length.

    lengths are the gradient's in each layer, from the first layer to the last.
    """
    num_steps = len(lengths) - 1
    factor = (lengths[0] / lengths[-1]) ** (1 / num_steps)
    return std / factor


def recognize(lengths, outputs):
    """Return "dead units", "vanishing", "exploding" or "healthy".

    outputs holds one list for each example, with the output of each unit of a layer.
    """
    for unit in zip(*outputs, strict=True):  # the outputs of one unit for all examples
        if max(unit) == 0:
            return "dead units"
    ratio = lengths[0] / lengths[-1]
    if ratio < 0.001:
        return "vanishing"
    if ratio > 1000:
        return "exploding"
    return "healthy"
