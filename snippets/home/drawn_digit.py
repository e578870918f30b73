"""Our digit reader: the same CNN, given each test image as a drawing."""

import math

import torch
from PIL import Image

from dlcourse.data.digits import load_digits
from dlcourse.data.images import prepare_drawing
from dlcourse.data.moves import move_four_ways
from dlcourse.models.cnn import CNN
from dlcourse.training.loop import evaluate, train_epoch

digits = load_digits()
images = digits.train.images.double() / 16  # (1295, 1, 8, 8)
test_labels = digits.test.labels
num_images = len(test_labels)
cpu = torch.device("cpu")
num_seeds = 3


def draw(image):
    """Return an image of the data set as a large drawing, dark on white."""
    darkness = image[0].float() / 16
    gray = 255 * (1 - darkness)
    small = Image.fromarray(gray.byte().numpy())
    sheet = Image.new("L", (72, 72), "white")
    sheet.paste(small.resize((64, 64), Image.Resampling.BILINEAR), (4, 4))
    return sheet


def prepare(images):
    """Return images as the network sees them when they are drawn."""
    prepared = []
    for image in images:
        seen = prepare_drawing(draw(image), 8, digits.framing)  # (1, 8, 8)
        prepared.append(seen.double() / 255)
    return torch.stack(prepared)


def batches():
    """Yield the training images in a new order, 64 at a time."""
    for chosen in torch.randperm(len(images)).split(64):
        yield images[chosen], digits.train.labels[chosen]


def percent_correct(network, x):
    """Return the test accuracy in percent."""
    _, accuracy = evaluate(network, [(x, test_labels)], cpu)
    return 100 * accuracy


def standard_error(percent):
    """Return the standard error in points, for the number of test images."""
    p = percent / 100
    return 100 * math.sqrt(p * (1 - p) / num_images)


test_drawings = prepare(digits.test.images)
moved_drawings = []
for moved in move_four_ways(digits.test.images):  # up, down, left and right
    moved_drawings.append(prepare(moved))

accuracy = 0.0
moved_accuracy = 0.0
for seed in range(num_seeds):
    torch.manual_seed(seed)
    network = CNN().double()
    optimizer = torch.optim.AdamW(network.parameters(), lr=0.005)
    for _ in range(5):
        train_epoch(network, batches(), optimizer, cpu)
    accuracy += percent_correct(network, test_drawings) / num_seeds
    for x in moved_drawings:
        moved_accuracy += percent_correct(network, x) / 4 / num_seeds

name = "the CNN, of drawings"
error = standard_error(accuracy)
moved_error = standard_error(moved_accuracy)
print(f"{name:<22}{accuracy:6.1f}% ± {error:.1f}", end="")
print(f"{moved_accuracy:7.1f}% ± {moved_error:.1f}")
