"""One network, built with PyTorch and with Keras, with the same weights."""

import os

os.environ["KERAS_BACKEND"] = "torch"  # before the import

import keras
import torch
from torch import nn

from dlcourse.models.mlp import MLP

torch.manual_seed(0)
ours = MLP()  # 784 inputs, 128 hidden units, 10 classes
theirs = keras.Sequential(
    [
        keras.Input((1, 28, 28)),  # the shape of one image
        keras.layers.Flatten(),
        keras.layers.Dense(128, activation="relu"),
        keras.layers.Dense(10),
    ]
)

# Keras stores a weight matrix as (in, out), PyTorch as (out, in).
theirs.set_weights(
    [
        ours.hidden.weight.T,
        ours.hidden.bias,
        ours.output.weight.T,
        ours.output.bias,
    ]
)

num_ours = sum(p.numel() for p in ours.parameters())
num_theirs = theirs.count_params()
images = torch.rand(64, 1, 28, 28)
gap = (ours(images) - theirs(images)).abs().max().item()

print("back end:", keras.config.backend())
print("is an nn.Module:", isinstance(theirs, nn.Module))
print(f"parameters: {num_ours:,} and {num_theirs:,}")
print("same outputs, up to 0.00001:", gap < 0.00001)
