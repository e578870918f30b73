"""The digits in three sets; every image is in exactly one of them."""

from dlcourse.data.digits import load_digits

digits = load_digits()
total = 0
for part in (digits.train, digits.validation, digits.test):
    print(len(part))
    total += len(part)
print(total)
