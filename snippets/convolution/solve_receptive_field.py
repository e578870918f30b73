"""How many pixels wide is the area that an output depends on?"""


def receptive_field(layers):
    """Return the width for layers that are pairs (kernel, stride)."""
    width = 1
    step = 1  # pixels between two neighbors of the map so far
    for kernel, stride in layers:
        width = width + (kernel - 1) * step
        step = step * stride
    return width


assert receptive_field([(3, 1), (3, 1), (3, 1)]) == 7
assert receptive_field([(5, 1), (2, 2), (5, 1), (2, 2)]) == 16
