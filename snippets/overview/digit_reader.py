"""Our digit reader, first try: it guesses, and always the same digit."""

import math

from dlcourse.data.digits import load_digits

digits = load_digits()
counts = digits.train.labels.bincount()  # of each digit from 0 to 9
guess = counts.argmax()  # the most frequent digit

is_correct = digits.test.labels == guess
num_images = len(is_correct)
p = is_correct.double().mean().item()
accuracy = 100 * p
error = 100 * math.sqrt(p * (1 - p) / num_images)

moved_accuracy = accuracy  # a guess that ignores the image does not change
moved_error = error

name = "always the same digit"
row = f"{name:<22}{accuracy:6.1f}% ± {error:.1f}"
row += f"{moved_accuracy:7.1f}% ± {moved_error:.1f}"
print(row)
