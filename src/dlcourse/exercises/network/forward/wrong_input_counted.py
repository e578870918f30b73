# the input is not a hidden layer
def weighted_sums(activations, W, b):
    sums = []
    for weights, bias in zip(W, b, strict=True):
        products = [weight * value for weight, value in zip(weights, activations, strict=True)]
        sums.append(sum(products) + bias)
    return sums


def forward(x, layers):
    activations = x
    hidden_layers = [x]
    for W, b in layers[:-1]:
        sums = weighted_sums(activations, W, b)
        activations = [max(0, z) for z in sums]
        hidden_layers.append(activations)
    W, b = layers[-1]
    return {
        "input layer": x,
        "hidden layers": hidden_layers,
        "output layer": weighted_sums(activations, W, b),
    }
