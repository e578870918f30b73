"""The weights of our MLP after fit in Keras, and after our own loop."""

import os

os.environ["KERAS_BACKEND"] = "torch"

import keras
import torch
import torch.nn.functional as F

from dlcourse.data.digits import load_digits
from dlcourse.models.mlp import MLP

digits = load_digits()
images = digits.train.images / 16
labels = digits.train.labels


def train_both(batch_size, learning_rate, num_epochs, seed):
    """Return the largest difference of the weights after training."""
    torch.manual_seed(seed)
    ours = MLP(in_features=64)
    theirs = keras.Sequential(
        [
            keras.Input((1, 8, 8)),
            keras.layers.Flatten(),
            keras.layers.Dense(128, activation="relu"),
            keras.layers.Dense(10),
        ]
    )
    in_order = [
        ours.hidden.weight.T,
        ours.hidden.bias,
        ours.output.weight.T,
        ours.output.bias,
    ]
    theirs.set_weights(in_order)
    theirs.compile(
        optimizer=keras.optimizers.SGD(learning_rate),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    )
    theirs.fit(
        images,
        labels,
        batch_size=batch_size,
        epochs=num_epochs,
        shuffle=False,
        verbose=0,
    )

    optimizer = torch.optim.SGD(ours.parameters(), lr=learning_rate)
    for _ in range(num_epochs):
        for start in range(0, len(labels), batch_size):
            inputs = images[start : start + batch_size]
            targets = labels[start : start + batch_size]
            loss = F.cross_entropy(ours(inputs), targets)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()

    gap = 0.0
    for a, b in zip(in_order, theirs.get_weights(), strict=True):
        gap = max(gap, (a - torch.tensor(b)).abs().max().item())
    return gap


gap = train_both(64, 0.3, 3, seed=0)
print("same weights, up to 0.00001:", gap < 0.00001)
