def receptive_field(layers):
    """Return the side of the area that one output depends on, in pixels.

    layers is a list of pairs (kernel, stride), the first layer first.
    """
    width = 1
    step = 1  # pixels between two neighbors of the map so far
    for kernel, stride in layers:
        width += (kernel - 1) * step
        step *= stride  # only for the layers behind this one
    return width
