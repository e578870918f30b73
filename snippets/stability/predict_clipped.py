"""Clip the gradient (6, 8) to the length 5."""

import math

gradient = [6.0, 8.0]
limit = 5.0

length = math.sqrt(gradient[0] ** 2 + gradient[1] ** 2)
assert length == 10
factor = limit / length

answer = [factor * entry for entry in gradient]
print(answer)
