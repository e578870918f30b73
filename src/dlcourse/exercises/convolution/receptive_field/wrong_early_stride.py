# the stride acts too early
def receptive_field(layers):
    width = 1
    step = 1
    for kernel, stride in layers:
        step *= stride
        width += (kernel - 1) * step
    return width
