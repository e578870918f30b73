"""The bytes that a training step keeps, counted and in a run."""

from itertools import pairwise

import torch
import torch.nn.functional as F
from torch import nn

WIDTHS = (64, 1024, 1024, 10)


def count(batch_size):
    """Return the same bytes, counted by hand."""
    parameters = 0
    for in_features, out_features in pairwise(WIDTHS):
        parameters += in_features * out_features + out_features
    activations = batch_size * sum(WIDTHS)  # outputs of layers, and inputs
    numbers = (parameters, parameters, 2 * parameters, activations)
    return [4 * number for number in numbers]  # four bytes each


def measure(batch_size):
    """Return the bytes of parameters, gradients, moments and activations."""
    torch.manual_seed(0)
    layers = []
    for in_features, out_features in pairwise(WIDTHS):
        layers += [nn.Linear(in_features, out_features), nn.ReLU()]
    network = nn.Sequential(*layers[:-1])  # no ReLU after the logits
    optimizer = torch.optim.Adam(network.parameters())
    inputs = torch.randn(batch_size, WIDTHS[0])
    labels = torch.zeros(batch_size, dtype=torch.long)

    kept = {}  # place in memory: bytes of a tensor that backward needs

    def note(tensor):
        kept[tensor.data_ptr()] = tensor.nbytes
        return tensor

    hooks = torch.autograd.graph.saved_tensors_hooks(note, lambda same: same)
    with hooks:
        loss = F.cross_entropy(network(inputs), labels)
    for parameter in network.parameters():
        kept.pop(parameter.data_ptr(), None)  # counted as parameters
    kept.pop(labels.data_ptr(), None)  # no activations
    loss.backward()
    optimizer.step()

    moments = 0
    for state in optimizer.state.values():
        moments += state["exp_avg"].nbytes + state["exp_avg_sq"].nbytes
    parameters = sum(p.nbytes for p in network.parameters())
    gradients = sum(p.grad.nbytes for p in network.parameters())
    return parameters, gradients, moments, sum(kept.values())


print("batch   parameters    gradients      moments  activations")
for batch_size in (32, 1024):
    for found in measure(batch_size), count(batch_size):
        cells = [f"{number:12,}" for number in found]
        print(f"{batch_size:5}", *cells)
