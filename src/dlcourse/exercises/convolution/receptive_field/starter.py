def receptive_field(layers):
    """Return the side of the area that one output depends on, in pixels.

    layers is a list of pairs (kernel, stride), the first layer first.
    """
    # TODO: begin with one pixel, and let each layer make the area larger
    raise NotImplementedError
