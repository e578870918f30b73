"""Zero or one? First way: a person writes a rule."""

import torch

from dlcourse.data.digits import load_digits


def zeros_and_ones(split):
    """Return images as rows of 64 numbers from 0 to 16, and their digits."""
    chosen = split.labels < 2
    images = split.images[chosen]
    return images.flatten(1).float(), split.labels[chosen]


digits = load_digits()
train, train_digits = zeros_and_ones(digits.train)
test, test_digits = zeros_and_ones(digits.test)

middle = [27, 28, 35, 36]  # A PERSON: look at the four pixels in the middle
ink = test[:, middle].mean(dim=1)  # A PERSON: take the mean of their ink
limit = 8  # A PERSON: half of the full ink
answers = ink > limit  # A PERSON: above the limit it is a one

is_correct = torch.as_tensor(answers) == test_digits
num_correct = int(is_correct.sum())
print(num_correct, "of", len(test), "correct")
