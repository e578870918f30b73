# the matrix is not transposed
def keras_weights(layers):
    weights = []
    for weight, bias in layers:
        weights.append(weight)
        weights.append(bias)
    return weights
