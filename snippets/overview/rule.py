"""Zero or one? First way: a person writes a rule."""

from dlcourse.data.digits import load_digits


def zeros_and_ones(split):
    """Return pictures as rows of 64 numbers from 0 to 16, and their digits."""
    chosen = split.labels < 2
    return split.images[chosen].flatten(1).float(), split.labels[chosen]


train, train_digits = zeros_and_ones(load_digits().train)
test, test_digits = zeros_and_ones(load_digits().test)

middle = [27, 28, 35, 36]  # A PERSON: look at the four pixels in the middle
ink = test[:, middle].mean(dim=1)  # A PERSON: add up their ink
limit = 8  # A PERSON: half of the full ink
answers = ink > limit  # A PERSON: above that it is a one

pairs = zip(answers.tolist(), test_digits.tolist(), strict=True)
num_right = sum(answer == digit for answer, digit in pairs)
print(num_right, "of", len(test), "right")
