from torch import nn


def train(model, inputs, targets, optimizer, steps):
    """Train for `steps` steps with the mean squared error; return the loss of each step."""
    # TODO: repeat the four lines, and keep the loss of each step as a plain number
    raise NotImplementedError
