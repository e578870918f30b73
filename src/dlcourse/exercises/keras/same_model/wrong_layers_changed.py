# layers is changed
def keras_weights(layers):
    weights = []
    while layers:
        weight, bias = layers.pop(0)
        weights.append([list(column) for column in zip(*weight, strict=True)])
        weights.append(bias)
    return weights
