"""Does fit learn from its validation data?"""

import os

os.environ["KERAS_BACKEND"] = "torch"

import keras
import torch
from torch.nn.utils import parameters_to_vector

from dlcourse.data.digits import load_digits

digits = load_digits()
images = digits.train.images / 16
labels = digits.train.labels
new = digits.validation.images / 16, digits.validation.labels


def train(images, labels, validation_data=None):
    """Train from the same weights; return all weights, and the losses."""
    keras.utils.set_random_seed(0)
    model = keras.Sequential(
        [
            keras.Input((1, 8, 8)),
            keras.layers.Flatten(),
            keras.layers.Dense(128, activation="relu"),
            keras.layers.Dense(10),
        ]
    )
    model.compile(
        optimizer=keras.optimizers.SGD(0.3),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    )
    history = model.fit(
        images,
        labels,
        epochs=3,
        shuffle=False,
        validation_data=validation_data,
        verbose=0,
    )
    return parameters_to_vector(model.parameters()), history.history


without, _ = train(images, labels)
measured, losses = train(images, labels, validation_data=new)
more_images = torch.cat([images, new[0]])
more_labels = torch.cat([labels, new[1]])
learned, _ = train(more_images, more_labels)

print("what fit returns:", ", ".join(losses))
print("same weights with validation_data:", torch.equal(without, measured))
print("same weights if trained on it, too:", torch.equal(without, learned))
