"""Our digit reader: the MLP of the page on training, moved to Keras."""

import os

os.environ["KERAS_BACKEND"] = "torch"

import copy
import math

import keras
import torch

from dlcourse.data.digits import load_digits
from dlcourse.data.moves import move_four_ways
from dlcourse.models.mlp import MLP
from dlcourse.training.loop import evaluate, train_epoch

digits = load_digits()
train = digits.train.images.double() / 16, digits.train.labels
validation = digits.validation.images.double() / 16, digits.validation.labels
test_images = digits.test.images.double() / 16  # (359, 1, 8, 8)
moved_images = move_four_ways(test_images)  # (4, 359, 1, 8, 8)
test_labels = digits.test.labels
num_images = len(test_labels)
cpu = torch.device("cpu")
num_seeds = 5


def move_to_keras(model):
    """Return a network of Keras with the weights of an MLP."""
    layers = keras.layers
    theirs = keras.Sequential(
        [
            keras.Input((1, 8, 8), dtype="float64"),
            layers.Flatten(dtype="float64"),
            layers.Dense(64, activation="relu", dtype="float64"),
            layers.Dense(10, dtype="float64"),
        ]
    )
    theirs.set_weights(
        [
            model.hidden.weight.T,
            model.hidden.bias,
            model.output.weight.T,
            model.output.bias,
        ]
    )
    theirs.compile(
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
    )
    return theirs


def percent_correct(network, x):
    """Return the test accuracy in percent, measured by Keras."""
    _, accuracy = network.evaluate(x, test_labels, verbose=0)
    return 100 * accuracy


def standard_error(percent):
    """Return the standard error in points, for the number of test images."""
    p = percent / 100
    return 100 * math.sqrt(p * (1 - p) / num_images)


accuracy = 0.0
moved_accuracy = 0.0
for seed in range(num_seeds):
    torch.manual_seed(seed)
    model = MLP(in_features=64, hidden_features=64).double()
    parameters = model.parameters()
    optimizer = torch.optim.AdamW(parameters, lr=0.03, weight_decay=0.3)
    lowest = math.inf
    for _ in range(100):
        train_epoch(model, [train], optimizer, cpu)
        loss, _ = evaluate(model, [validation], cpu)
        if loss < lowest:
            lowest = loss
            best = copy.deepcopy(model)  # stays as it is while training goes on

    network = move_to_keras(best)
    accuracy += percent_correct(network, test_images) / num_seeds
    for x in moved_images:  # up, down, left and right
        moved_accuracy += percent_correct(network, x) / 4 / num_seeds

name = "the same MLP, in Keras"
error = standard_error(accuracy)
moved_error = standard_error(moved_accuracy)
print(f"{name:<22}{accuracy:6.1f}% ± {error:.1f}", end="")
print(f"{moved_accuracy:7.1f}% ± {moved_error:.1f}")
