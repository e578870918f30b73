"""Check keras/fit."""

import random

from dlcourse.exercises.checking import are_close, expect, expect_list

MESSAGES = {
    "not a dictionary": "fit returns {got}, expected a dictionary.",
    "other entries": "The dictionary has the entries {got}, expected {expected}.",
    "nothing is trained": "fit did not call model.train_on_batch.",
    "the validation data are trained on": "model.train_on_batch got the validation data {got}:"
    " they must only be measured, by test_on_batch.",
    "the last batch is missing": "An epoch trained on {got} of {expected} examples: the last,"
    " smaller batch is missing.",
    "the number of epochs is wrong": "fit trained on {got} batches, expected {expected}: {epochs}"
    " epochs of {num_batches} batches.",
    "other batches": "Batch number {number} has the inputs {got}, expected {expected}.",
    "other labels": "The batch with the inputs {inputs} has the labels {got}, expected {expected}.",
    "the validation data are measured too early": "The validation data were measured after {got}"
    " batches, expected {expected}: each time at the end of an epoch.",
    "other validation data": "model.test_on_batch got {got}, expected {expected}.",
    "each batch counts the same": "The loss of the first epoch is {got}, expected {expected}: each"
    " batch counts the same, but they differ in size.",
    "every batch counts as a full one": "The loss of the first epoch is {got}, expected {expected}:"
    " each loss is multiplied by batch_size, but the last batch is smaller.",
    "the loss of earlier epochs is added": "The loss of epoch 2 is {got}, expected {expected}: the"
    " sum of epoch 1 is still in it.",
    "another loss": "The losses are {got}, expected {expected}.",
    "another validation loss": "val_loss is {got}, expected {expected}.",
}


class Recorder:
    """Stands in place of a model: returns losses of a list, and records what it gets."""

    def __init__(self, generator):
        self.generator = generator
        self.trained = []  # pairs of inputs and labels
        self.losses = []  # what train_on_batch returned
        self.tested = []  # number of batches trained before, and the pair
        self.test_losses = []

    def train_on_batch(self, x, y):
        self.trained.append((list(x), list(y)))
        self.losses.append(self.generator.uniform(1, 5))
        return self.losses[-1]

    def test_on_batch(self, x, y):
        self.tested.append((len(self.trained), (list(x), list(y))))
        self.test_losses.append(self.generator.uniform(1, 5))
        return self.test_losses[-1]


class Example(Recorder):
    """Returns the losses of the task's example."""

    def train_on_batch(self, x, y):
        super().train_on_batch(x, y)
        self.losses[-1] = 1.0 if len(self.trained) % 2 else 4.0
        return self.losses[-1]


def check_batches(model, x, y, batch_size, epochs):
    """Compare the batches that the model was trained on with those of all epochs."""
    starts = range(0, len(x), batch_size)
    expected = [x[start : start + batch_size] for start in starts] * epochs
    got = [inputs for inputs, _ in model.trained]
    num_full = len(x) // batch_size
    full = [x[i * batch_size : (i + 1) * batch_size] for i in range(num_full)]
    is_dropped = len(full) < len(starts) and got == full * epochs
    num_seen = num_full * batch_size
    expect(not is_dropped, "the last batch is missing", got=num_seen, expected=len(x))
    for number, (one, other) in enumerate(zip(got, expected, strict=False), 1):
        expect(one == other, "other batches", number=number, got=one, expected=other)
    for inputs, labels in model.trained:
        of_inputs = [y[x.index(value)] for value in inputs]
        values = {"inputs": inputs, "got": labels, "expected": of_inputs}
        expect(labels == of_inputs, "other labels", **values)
    counts = {"got": len(got), "expected": len(expected)}
    counts |= {"epochs": epochs, "num_batches": len(starts)}
    expect(len(got) == len(expected), "the number of epochs is wrong", **counts)


def check_losses(model, history, num_examples, num_batches, epochs):
    """Compare the training losses with the means over the examples."""
    got = history["loss"]
    expect_list(got, epochs, '"loss"')
    sums = []
    means = []
    as_full = []  # if each batch had as many examples as the first one
    for epoch in range(epochs):
        places = slice(epoch * num_batches, (epoch + 1) * num_batches)
        sizes = [len(inputs) for inputs, _ in model.trained[places]]
        losses = model.losses[places]
        sums.append(sum(n * loss for n, loss in zip(sizes, losses, strict=True)))
        means.append(sum(losses) / num_batches)
        as_full.append(sizes[0] * sum(losses) / num_examples)
    expected = [total / num_examples for total in sums]
    is_equal = are_close(got, means) and not are_close(means, expected)
    values = {"got": got[0], "expected": expected[0]}
    expect(not is_equal, "each batch counts the same", **values)
    is_full = are_close(got, as_full) and not are_close(as_full, expected)
    expect(not is_full, "every batch counts as a full one", **values)
    growing = [sum(sums[: i + 1]) / num_examples for i in range(epochs)]
    if epochs > 1:
        values = {"got": got[1], "expected": expected[1]}
        expect(not are_close(got, growing), "the loss of earlier epochs is added", **values)
    expect(are_close(got, expected), "another loss", got=got, expected=expected)


def check_one(learner, model, num_examples, batch_size, epochs, num_validation=0):
    """Call fit once, and compare what the model was given and what was returned."""
    x = list(range(10, 10 + num_examples))
    y = [number % 7 for number in x]
    new = [-1 - i for i in range(num_validation)]
    data = (new, [number % 5 for number in new])
    if num_validation:
        history = learner.fit(model, x, y, batch_size, epochs, validation_data=data)
    else:
        history = learner.fit(model, x, y, batch_size, epochs)
    is_dictionary = isinstance(history, dict)
    expect(is_dictionary, "not a dictionary", got=history)
    expect(model.trained, "nothing is trained")
    for inputs, _ in model.trained:
        is_new = any(value in new for value in inputs)
        expect(not is_new, "the validation data are trained on", got=inputs)
    check_batches(model, x, y, batch_size, epochs)
    names = ["loss", "val_loss"] if num_validation else ["loss"]
    expect(sorted(history) == names, "other entries", got=sorted(history), expected=names)
    num_batches = len(model.trained) // epochs
    check_losses(model, history, num_examples, num_batches, epochs)
    if num_validation:
        check_validation(model, history, data, num_batches, epochs)


def check_validation(model, history, data, num_batches, epochs):
    """Compare when the validation data were measured, and with which losses."""
    measured = [pair for _, pair in model.tested]
    expect(
        measured == [data] * epochs, "other validation data", got=measured, expected=[data] * epochs
    )
    got = [number for number, _ in model.tested]
    expected = [(epoch + 1) * num_batches for epoch in range(epochs)]
    values = {"got": got, "expected": expected}
    expect(got == expected, "the validation data are measured too early", **values)
    got = history["val_loss"]
    expect_list(got, epochs, '"val_loss"')
    expected = model.test_losses
    expect(are_close(got, expected), "another validation loss", got=got, expected=expected)


def check(learner, generator: random.Random) -> None:
    """Begin with the example of the task; then full batches, several epochs, validation data."""
    check_one(learner, Example(generator), num_examples=3, batch_size=2, epochs=1)
    check_one(learner, Recorder(generator), num_examples=6, batch_size=3, epochs=2)
    for _ in range(3):
        num_examples = generator.choice([7, 10, 11, 13])
        batch_size = generator.choice([3, 4, 6])
        epochs = generator.choice([2, 3])
        num_validation = generator.choice([2, 5])
        model = Recorder(generator)
        check_one(learner, model, num_examples, batch_size, epochs, num_validation)
