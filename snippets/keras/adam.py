"""The first step of Adam, for gradients of different size."""

import os

os.environ["KERAS_BACKEND"] = "torch"

import math

import keras
import matplotlib.pyplot as plt
import torch
from torch import nn


def step_of_keras(gradient, epsilon=1e-7):
    """Return the length of the first step, in learning rates."""
    weight = keras.Variable([0.0], dtype="float64")
    optimizer = keras.optimizers.Adam(learning_rate=1.0, epsilon=epsilon)
    gradients = torch.full((1,), gradient, dtype=torch.float64)
    optimizer.apply([gradients], [weight])
    return -weight.value.item()


def step_of_pytorch(gradient, eps=1e-8):
    """Return the length of the first step, in learning rates."""
    weight = nn.Parameter(torch.zeros(1, dtype=torch.float64))
    optimizer = torch.optim.Adam([weight], lr=1, eps=eps)
    weight.grad = torch.full((1,), gradient, dtype=torch.float64)
    optimizer.step()
    return -weight.item()


print("gradient   PyTorch   Keras   Keras, epsilon 1e-8")
for gradient in (1e-3, 1e-5, 1e-6, 1e-7, 1e-8):
    row = step_of_pytorch(gradient), step_of_keras(gradient)
    print(f"{gradient:8.0e}   {row[0]:7.3f}  {row[1]:6.3f}", end="")
    print(f"{step_of_keras(gradient, epsilon=1e-8):13.3f}")

first_step = 1 / math.sqrt(1 - 0.999)  # what Keras' epsilon counts there
factor = first_step * 1e-7 / 1e-8

gradients = torch.logspace(-10, -2, 60, dtype=torch.float64).tolist()
of_pytorch = [step_of_pytorch(gradient) for gradient in gradients]
of_keras = [step_of_keras(gradient) for gradient in gradients]
plt.figure(figsize=(3.6, 2.6))
plt.semilogx(gradients, of_pytorch, "C0", label="PyTorch")
plt.semilogx(gradients, of_keras, "C1--", label="Keras")
plt.xlabel("gradient")
plt.ylabel("first step / learning rate")
plt.legend()
plt.show()
