# the list is not flat
def keras_weights(layers):
    return [
        ([list(column) for column in zip(*weight, strict=True)], bias) for weight, bias in layers
    ]
