"""The digits in three parts; every picture is in exactly one of them."""

from dlcourse.data.digits import load_digits

data = load_digits()
sizes = [len(data.train), len(data.validation), len(data.test)]
total = sum(sizes)
print(sizes, total)
