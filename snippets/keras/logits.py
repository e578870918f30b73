"""The loss of one example, given its logits or its probabilities."""

import os

os.environ["KERAS_BACKEND"] = "torch"

import math

import keras
import torch
import torch.nn.functional as F

logits = torch.tensor([[4.0, -1.0, -2.0]])
probabilities = logits.softmax(dim=1)
label = torch.tensor([1])  # the network is wrong about it

print("loss gets                   logits  probabilities")


def show(name, loss):
    """Print both losses."""
    of_logits = loss(label, logits).item()
    of_probabilities = loss(label, probabilities).item()
    print(f"{name:<24}{of_logits:10.3f}{of_probabilities:15.3f}")


Loss = keras.losses.SparseCategoricalCrossentropy
show("Keras, default", Loss())
show("Keras, from_logits=True", Loss(from_logits=True))
show("F.cross_entropy", lambda label, x: F.cross_entropy(x, label))
correct = F.cross_entropy(logits, label).item()
limit = -math.log(1e-7)
