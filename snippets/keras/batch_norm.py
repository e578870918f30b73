"""Running mean and variance after one batch, by both meanings of momentum."""

import os

os.environ["KERAS_BACKEND"] = "torch"

import math

import keras
import torch
from torch import nn

batch = torch.tensor([[0.0], [4.0]])  # two examples: mean 2, variance 4


def run_keras(momentum):
    """Return the running mean and the running variance of Keras."""
    layer = keras.layers.BatchNormalization(momentum=momentum)
    layer(batch, training=True)
    return layer.moving_mean.value.item(), layer.moving_variance.value.item()


def run_pytorch(momentum):
    """Return the running mean and the running variance of PyTorch."""
    layer = nn.BatchNorm1d(1, momentum=momentum)
    layer(batch)
    return layer.running_mean.item(), layer.running_var.item()


print("                         mean  variance")
print("at the start             0.00      1.00")
for momentum in (0.99, 0.9, 0.1):
    mean, variance = run_keras(momentum)
    print(f"Keras,   momentum {momentum:4}{mean:7.2f}{variance:10.2f}")
for momentum in (0.9, 0.1):
    mean, variance = run_pytorch(momentum)
    print(f"PyTorch, momentum {momentum:4}{mean:7.2f}{variance:10.2f}")

# After n batches, momentum ** n of the start is left.
num_keras = math.ceil(math.log(0.01) / math.log(0.99))
num_pytorch = math.ceil(math.log(0.01) / math.log(0.9))
print(f"batches until 1% of the start is left: {num_keras} and {num_pytorch}")
