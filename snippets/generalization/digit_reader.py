"""Our digit reader: a small convolutional network, by the same loop."""

import math

import torch

from dlcourse.data.augmentation import shift
from dlcourse.data.digits import load_digits
from dlcourse.data.moves import move_four_ways
from dlcourse.models.cnn import CNN
from dlcourse.training.loop import evaluate, train_epoch

digits = load_digits()
images = digits.train.images.double() / 16  # (1295, 1, 8, 8)
test_images = digits.test.images.double() / 16  # (359, 1, 8, 8)
moved_images = move_four_ways(test_images)  # (4, 359, 1, 8, 8)
test_labels = digits.test.labels
num_images = len(test_labels)
cpu = torch.device("cpu")
num_seeds = 3


def batches(is_shifted):
    """Yield the training images in a new order, 64 at a time."""
    for chosen in torch.randperm(len(images)).split(64):
        x = images[chosen]
        if is_shifted:
            x = shift(x)  # each image by up to one pixel, at random
        yield x, digits.train.labels[chosen]


def percent_correct(network, x):
    """Return the test accuracy in percent."""
    _, accuracy = evaluate(network, [(x, test_labels)], cpu)
    return 100 * accuracy


def standard_error(percent):
    """Return the standard error in points, for the number of test images."""
    p = percent / 100
    return 100 * math.sqrt(p * (1 - p) / num_images)


rows = {}
for name, is_shifted in (("CNN", False), ("CNN, moved in training", True)):
    accuracy = 0.0
    moved_accuracy = 0.0
    for seed in range(num_seeds):
        torch.manual_seed(seed)
        network = CNN().double()
        convolutions = [network.conv1, network.conv2, network.conv3]
        for layer in [*convolutions, network.output]:
            layer.reset_parameters()  # in 64-bit: the same on every processor
        optimizer = torch.optim.AdamW(network.parameters(), lr=0.005)
        for _ in range(5):
            train_epoch(network, batches(is_shifted), optimizer, cpu)
        accuracy += percent_correct(network, test_images) / num_seeds
        for x in moved_images:  # up, down, left and right
            moved_accuracy += percent_correct(network, x) / 4 / num_seeds

    rows[name] = accuracy, moved_accuracy
    error = standard_error(accuracy)
    moved_error = standard_error(moved_accuracy)
    print(f"{name:<22}{accuracy:6.1f}% ± {error:.1f}", end="")
    print(f"{moved_accuracy:7.1f}% ± {moved_error:.1f}")
