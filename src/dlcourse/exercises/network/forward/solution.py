def weighted_sums(activations, W, b):
    """Return one weighted sum for each unit of a layer."""
    sums = []
    for weights, bias in zip(W, b, strict=True):
        products = [weight * value for weight, value in zip(weights, activations, strict=True)]
        sums.append(sum(products) + bias)
    return sums


def forward(x, layers):
    """Return the activations of the input layer, the hidden layers and the output layer."""
    activations = x
    hidden_layers = []
    for W, b in layers[:-1]:
        sums = weighted_sums(activations, W, b)
        activations = [max(0, z) for z in sums]  # ReLU
        hidden_layers.append(activations)
    W, b = layers[-1]
    return {
        "input layer": x,
        "hidden layers": hidden_layers,
        "output layer": weighted_sums(activations, W, b),  # no activation function
    }
