"""Zeros have little ink in the middle of the image, ones have much."""

from dlcourse.data.digits import load_digits

training_set = load_digits().train
four_pixels = training_set.images[:, 0, 3:5, 3:5].float()
middle = four_pixels.mean(dim=(1, 2))  # one number an image, 0 to 16

for digit in (0, 1):
    is_digit = training_set.labels == digit
    mean = middle[is_digit].mean()
    print(digit, f"{mean:.1f}")
