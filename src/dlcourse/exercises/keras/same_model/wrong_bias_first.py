# the bias comes before its matrix
def keras_weights(layers):
    weights = []
    for weight, bias in layers:
        weights.append(bias)
        weights.append([list(column) for column in zip(*weight, strict=True)])
    return weights
