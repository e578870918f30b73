"""Our digit reader, second try: the nearest of ten mean images."""

import math

import torch

from dlcourse.data.digits import load_digits
from dlcourse.data.moves import move_four_ways

digits = load_digits()
train = digits.train
test = digits.test
x = train.images.double()
y = train.labels
means = []
for digit in range(10):
    of_this_digit = x[y == digit]
    means.append(of_this_digit.mean(dim=0))
means = torch.stack(means).flatten(1)  # (10, 64)


def share_correct(images):
    """Give each image the digit whose mean image is nearest."""
    distances = torch.cdist(images.flatten(1), means)  # (images, 10)
    is_correct = distances.argmin(dim=1) == test.labels
    return is_correct.double().mean().item()


new_x = test.images.double()
num_images = len(new_x)

p = share_correct(new_x)
accuracy = 100 * p
error = 100 * math.sqrt(p * (1 - p) / num_images)

shares = [share_correct(moved) for moved in move_four_ways(new_x)]
p = sum(shares) / 4
moved_accuracy = 100 * p
moved_error = 100 * math.sqrt(p * (1 - p) / num_images)

name = "nearest mean image"
row = f"{name:<22}{accuracy:6.1f}% ± {error:.1f}"
row += f"{moved_accuracy:7.1f}% ± {moved_error:.1f}"
print(row)
