"""Mixing the columns of all rows in the same way changes no distance."""

import math
import random

row = [1.0, 4.0, 0.0, 2.0]
other = [5.0, 4.0, 3.0, 2.0]
assert math.dist(row, other) == 5

order = [0, 1, 2, 3]
random.seed(0)
random.shuffle(order)
mixed_row = [row[column] for column in order]
mixed_other = [other[column] for column in order]
answer = math.dist(mixed_row, mixed_other)
print(order, answer)
