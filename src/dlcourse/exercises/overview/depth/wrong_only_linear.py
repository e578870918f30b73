# only one kind of layer is counted
WITH_WEIGHTS = {"Linear", "Conv2d"}


def depth(layers):
    return len([name for name in layers if name == "Linear"])


def is_deep(layers):
    hidden_layers = depth(layers) - 1
    return hidden_layers >= 2
