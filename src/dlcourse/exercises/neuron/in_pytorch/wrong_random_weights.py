# random weights
import torch


def make_layer(w, b):
    """Return an nn.Linear with one output, the weights w and the bias b."""
    layer = torch.nn.Linear(in_features=len(w), out_features=1)
    with torch.no_grad():  # set by hand: this is not a step of training
        layer.bias.copy_(torch.tensor([b]))  # (1,): one bias for each neuron
    return layer


def output(layer, x):
    """Return the output of the sigmoid neuron with this layer, as a float."""
    weighted_sum = layer(torch.tensor(x))  # (1,): the layer has no activation
    return torch.sigmoid(weighted_sum).item()
