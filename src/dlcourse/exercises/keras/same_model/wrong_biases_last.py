# the biases come last
def keras_weights(layers):
    matrices = [[list(column) for column in zip(*weight, strict=True)] for weight, _ in layers]
    biases = [bias for _, bias in layers]
    return matrices + biases
