"""Train a digit classifier by the calls of Keras."""

import os

os.environ["KERAS_BACKEND"] = "torch"

import keras

from dlcourse.data.digits import load_digits

keras.utils.set_random_seed(0)
digits = load_digits()
images = digits.train.images / 16
labels = digits.train.labels
new_images = digits.validation.images / 16
new_labels = digits.validation.labels

model = keras.Sequential(
    [
        keras.Input((1, 8, 8)),
        keras.layers.Flatten(),
        keras.layers.Dense(128, activation="relu"),
        keras.layers.Dense(10),
    ]
)

# compile
model.compile(
    optimizer=keras.optimizers.SGD(0.3),
    loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    metrics=["accuracy"],
)

# fit
model.fit(images, labels, batch_size=64, epochs=20, verbose=0)

# evaluate
loss, accuracy = model.evaluate(new_images, new_labels, verbose=0)

print(f"validation accuracy: {accuracy:.2f}")
