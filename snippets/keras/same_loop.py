"""One network is trained by fit, its copy by the four lines."""

import os

os.environ["KERAS_BACKEND"] = "torch"

import keras
import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F

from dlcourse.data.digits import load_digits

digits = load_digits()
images = digits.train.images / 16
labels = digits.train.labels


def train_both(batch_size, learning_rate, num_epochs, seed):
    """Return the largest difference of the weights, and both losses."""
    keras.utils.set_random_seed(seed)
    by_fit = keras.Sequential(
        [
            keras.Input((1, 8, 8)),
            keras.layers.Flatten(),
            keras.layers.Dense(128, activation="relu"),
            keras.layers.Dense(10),
        ]
    )
    by_loop = keras.models.clone_model(by_fit)
    by_loop.set_weights(by_fit.get_weights())

    by_fit.compile(
        optimizer=keras.optimizers.SGD(learning_rate),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    )
    history = by_fit.fit(
        images,
        labels,
        batch_size=batch_size,
        epochs=num_epochs,
        shuffle=False,
        verbose=0,
    )

    # A model of Keras is an nn.Module: PyTorch's optimizer can train it.
    optimizer = torch.optim.SGD(by_loop.parameters(), lr=learning_rate)
    losses = []
    for _ in range(num_epochs):
        total_loss = 0.0
        for start in range(0, len(labels), batch_size):
            inputs = images[start : start + batch_size]
            targets = labels[start : start + batch_size]
            loss = F.cross_entropy(by_loop(inputs), targets)  # 1
            optimizer.zero_grad()  # 2
            loss.backward()  # 3
            optimizer.step()  # 4
            total_loss += loss.item() * len(targets)
        losses.append(total_loss / len(labels))

    gap = 0.0
    pairs = zip(by_fit.parameters(), by_loop.parameters(), strict=True)
    for a, b in pairs:
        gap = max(gap, (a - b).abs().max().item())
    return gap, history.history["loss"], losses


gap, losses_of_fit, losses_of_loop = train_both(64, 0.3, 10, seed=0)
print("largest difference of the weights:", gap)

epochs = range(1, 11)
plt.figure(figsize=(3.6, 2.6))
plt.plot(epochs, losses_of_fit, "C0", label="fit")
plt.plot(epochs, losses_of_loop, "C1o", fillstyle="none", label="the loop")
plt.xlabel("epoch")
plt.ylabel("training loss")
plt.xticks(epochs)
plt.ylim(bottom=0)
plt.legend()
plt.show()
