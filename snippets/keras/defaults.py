"""Settings of both libraries if you set nothing."""

import os

os.environ["KERAS_BACKEND"] = "torch"

import keras
import torch
from torch import nn

sgd = keras.optimizers.SGD()
adam = keras.optimizers.Adam()
adamw = keras.optimizers.AdamW()
keras_norm = keras.layers.BatchNormalization()

weights = list(nn.Linear(1, 1).parameters())
torch_sgd = torch.optim.SGD(weights).defaults
torch_adam = torch.optim.Adam(weights).defaults
torch_adamw = torch.optim.AdamW(weights).defaults
torch_norm = nn.BatchNorm1d(1)

rows = {
    "SGD: learning rate": (float(sgd.learning_rate), torch_sgd["lr"]),
    "Adam: epsilon": (adam.epsilon, torch_adam["eps"]),
    "AdamW: weight decay": (adamw.weight_decay, torch_adamw["weight_decay"]),
    "batch norm: epsilon": (keras_norm.epsilon, torch_norm.eps),
    "batch norm: momentum": (keras_norm.momentum, torch_norm.momentum),
}
print("setting                  Keras  PyTorch")
for setting, (of_keras, of_pytorch) in rows.items():
    print(f"{setting:<22}{of_keras:>8.3g}{of_pytorch:>9.3g}")
