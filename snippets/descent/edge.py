"""Where is the wall of a network? Its curvature rises until it is there."""

import torch
import torch.nn.functional as F
from torch import nn

from dlcourse.data.digits import load_digits

train = load_digits().train
x = train.images[:100].flatten(1).double() / 16  # (100, 64)
target = F.one_hot(train.labels[:100], 10)  # (100, 10)


def loss_of(network):
    """Return half the squared error of an image, averaged over all images."""
    errors = (network(x) - target) ** 2
    return errors.sum(dim=1).mean() / 2


def differentiate(result, parameters):
    """Return the gradient of a number, as one row."""
    # create_graph: the slopes can be differentiated once more
    slopes = torch.autograd.grad(result, parameters, create_graph=True)
    return torch.cat([slope.flatten() for slope in slopes])


def largest_curvature(network):
    """Return the curvature of the loss in the direction that curves most."""
    parameters = list(network.parameters())
    gradient = differentiate(loss_of(network), parameters)
    direction = torch.ones_like(gradient)
    for _ in range(30):  # each turns the direction towards the steepest one
        direction = direction / direction.norm()
        change = differentiate(gradient @ direction, parameters)
        direction = change.detach()
    return direction.norm().item()


shares = {}
for rate in (0.1, 0.2):
    torch.manual_seed(0)
    layers = [nn.Linear(64, 32), nn.Tanh(), nn.Linear(32, 10)]
    network = nn.Sequential(*layers).double()
    optimizer = torch.optim.SGD(network.parameters(), lr=rate)
    wall = 2 / rate
    for step in range(1501):
        loss = loss_of(network)
        if step in (0, 1500):
            shares[rate, step] = largest_curvature(network) / wall
            print(f"rate {rate}, step {step:4}: ", end="")
            print(f"loss {loss.item():.1f}, ", end="")
            print(f"curvature {shares[rate, step]:.1f} times 2 / rate")
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
