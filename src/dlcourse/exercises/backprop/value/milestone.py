"""Train ten neurons on the digits; the learner's Value computes the gradient of the error."""

import random

import torch

from dlcourse.data.digits import load_digits
from dlcourse.data.moves import move_four_ways

OURS = "ten neurons of Values   91.9% ± 1.4   38.2% ± 2.6"  # with dlcourse.scratch
LEARNING_RATE = 0.02
NUM_STEPS = 1000  # one image a step


def squared_error(make_value, neurons, pixels, label):
    """Return half the sum of the squared errors of ten neurons for one image."""
    total = make_value(0.0)
    for digit, weights in enumerate(neurons):
        error = make_value(-1.0 if digit == label else 0.0) + weights[-1]  # the bias
        for weight, pixel in zip(weights, pixels, strict=False):
            if pixel:
                error = error + weight * make_value(pixel)
        total = total + error * error * make_value(0.5)
    return total


def run(learner):
    """Return the shares of correct answers, as the images are and moved, after 1,000 steps."""
    digits = load_digits()
    rows = (digits.train.images.flatten(1).double() / 16).tolist()
    labels = digits.train.labels.tolist()
    generator = random.Random(0)
    neurons = []
    for _ in range(10):
        neurons.append([learner.Value(generator.uniform(-0.1, 0.1)) for _ in range(65)])
    for step in generator.sample(range(len(rows)), NUM_STEPS):
        squared_error(learner.Value, neurons, rows[step], labels[step]).backward()
        for weights in neurons:
            for weight in weights:
                weight.data -= LEARNING_RATE * weight.grad
                weight.grad = 0.0
    w = torch.tensor([[weight.data for weight in weights[:64]] for weights in neurons])
    b = torch.tensor([weights[-1].data for weights in neurons])
    images = digits.test.images / 16
    moved_images = move_four_ways(images)  # (4, 359, 1, 8, 8)
    answers = (images.flatten(1) @ w.T + b).argmax(dim=1)
    moved_answers = (moved_images.flatten(2) @ w.T + b).argmax(dim=2)
    correct = (answers == digits.test.labels).double().mean().item()
    moved = (moved_answers == digits.test.labels).double().mean().item()
    return {"correct": correct, "moved": moved, "num_images": len(images), "ours": OURS}
