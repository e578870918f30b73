# no layer
def receptive_field(layers):
    width = layers[0][0] if layers else 0
    step = layers[0][1] if layers else 1
    for kernel, stride in layers[1:]:
        width += (kernel - 1) * step
        step *= stride
    return width
