"""Batch normalization with two momenta, measured after one epoch."""

import os

os.environ["KERAS_BACKEND"] = "torch"

import math

import keras

from dlcourse.data.digits import load_digits

digits = load_digits()
images = digits.train.images / 16
labels = digits.train.labels
new_images = digits.validation.images / 16
new_labels = digits.validation.labels
num_batches = math.ceil(len(labels) / 64)


def train(momentum, num_epochs, learning_rate, seed):
    """Return the training loss and the validation loss."""
    keras.utils.set_random_seed(seed)
    model = keras.Sequential(
        [
            keras.Input((1, 8, 8)),
            keras.layers.Flatten(),
            keras.layers.Dense(128),
            keras.layers.BatchNormalization(momentum=momentum),
            keras.layers.ReLU(),
            keras.layers.Dense(10),
        ]
    )
    model.compile(
        optimizer=keras.optimizers.SGD(learning_rate),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    )
    history = model.fit(
        images,
        labels,
        batch_size=64,
        epochs=num_epochs,
        verbose=0,
    )
    validation_loss = model.evaluate(new_images, new_labels, verbose=0)
    return history.history["loss"][-1], validation_loss


for momentum in (0.99, 0.9):
    training_loss, validation_loss = train(momentum, 1, 0.1, seed=0)
    print(f"momentum {momentum}: training loss {training_loss:.1f}", end="")
    print(f", validation loss {validation_loss:.1f}")
