"""The same network, with and without a word to the loss about logits."""

import os

os.environ["KERAS_BACKEND"] = "torch"

import keras

from dlcourse.data.digits import load_digits

digits = load_digits()
images = digits.train.images / 16
labels = digits.train.labels
new_images = digits.validation.images / 16
new_labels = digits.validation.labels


def train(activation, from_logits, optimizer, seed):
    """Return the validation accuracy after ten epochs."""
    keras.utils.set_random_seed(seed)
    model = keras.Sequential(
        [
            keras.Input((1, 8, 8)),
            keras.layers.Flatten(),
            keras.layers.Dense(128, activation="relu"),
            keras.layers.Dense(10, activation=activation),
        ]
    )
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits)
    model.compile(optimizer=optimizer, loss=loss, metrics=["accuracy"])
    model.fit(images, labels, batch_size=64, epochs=10, verbose=0)
    _, accuracy = model.evaluate(new_images, new_labels, verbose=0)
    return accuracy


print("last layer gives   from_logits   validation accuracy")
for name, activation in {"logits": None, "probabilities": "softmax"}.items():
    for from_logits in (False, True):
        sgd = keras.optimizers.SGD(0.3)
        accuracy = train(activation, from_logits, sgd, seed=0)
        print(f"{name:<19}{from_logits!s:<14}{accuracy:.1f}")
