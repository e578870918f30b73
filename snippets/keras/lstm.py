"""The same recurrent layers, counted in both libraries."""

import os

os.environ["KERAS_BACKEND"] = "torch"

import keras
from torch import nn

inputs, units = 10, 20
pairs = {
    "RNN": (keras.layers.SimpleRNN(units), nn.RNN(inputs, units)),
    "GRU": (keras.layers.GRU(units), nn.GRU(inputs, units)),
    "LSTM": (keras.layers.LSTM(units), nn.LSTM(inputs, units)),
}
print("       Keras  PyTorch")
for name, (of_keras, of_pytorch) in pairs.items():
    of_keras.build((None, None, inputs))  # any batch, any length
    num_keras = of_keras.count_params()
    num_pytorch = sum(p.numel() for p in of_pytorch.parameters())
    print(f"{name:<5}{num_keras:>7,}{num_pytorch:>9,}")
extra = num_pytorch - num_keras  # of the LSTM
