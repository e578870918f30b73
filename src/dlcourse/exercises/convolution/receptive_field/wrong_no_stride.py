# the strides are ignored
def receptive_field(layers):
    width = 1
    for kernel, _ in layers:
        width += kernel - 1
    return width
