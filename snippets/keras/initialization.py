"""Initial weights of a layer with 784 inputs and 128 outputs."""

import os

os.environ["KERAS_BACKEND"] = "torch"

import math

import keras
from torch import nn

keras.utils.set_random_seed(0)
inputs, outputs = 784, 128
of_keras = keras.layers.Dense(outputs)
of_keras.build((None, inputs))  # Keras creates the weights only now
of_pytorch = nn.Linear(inputs, outputs)

glorot = math.sqrt(6 / (inputs + outputs))
print("          largest weight  limit by formula  largest bias")
weight, bias = of_keras.kernel.value, of_keras.bias.value
print(f"Keras   {weight.abs().max().item():16.3f}{glorot:18.3f}", end="")
print(f"{bias.abs().max().item():14.3f}")
kaiming = 1 / math.sqrt(inputs)
weight, bias = of_pytorch.weight, of_pytorch.bias
print(f"PyTorch {weight.abs().max().item():16.3f}{kaiming:18.3f}", end="")
print(f"{bias.abs().max().item():14.3f}")
