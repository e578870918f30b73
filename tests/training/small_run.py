"""A small network, its two classes and the settings of a short run, for the Trainer's tests."""

import torch
from torch import nn

from dlcourse.training.config import TrainConfig

CONFIG = TrainConfig(epochs=3, learning_rate=0.05, device="cpu")


def make_batches(count=40, batch_size=16):
    """Two classes that a straight line divides; 40 examples are batches of 16, 16 and 8."""
    inputs = torch.randn(count, 2, generator=torch.Generator().manual_seed(1))
    labels = (inputs[:, 0] > 0).long()
    return list(zip(inputs.split(batch_size), labels.split(batch_size), strict=True))


def make_model():
    torch.manual_seed(0)
    return nn.Sequential(nn.Linear(2, 8), nn.ReLU(), nn.Dropout(0.1), nn.Linear(8, 2))


def get_weights(model):
    return torch.cat([parameter.detach().flatten() for parameter in model.parameters()])
