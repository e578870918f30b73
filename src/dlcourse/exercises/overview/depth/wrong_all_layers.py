# layers without weights are counted
WITH_WEIGHTS = {"Linear", "Conv2d"}


def depth(layers):
    return len(layers)


def is_deep(layers):
    hidden_layers = depth(layers) - 1
    return hidden_layers >= 2
