"""Useless columns make all distances nearly equal."""

import math

nearest = 3
farthest = 4
useless = 100 * 1**2  # a hundred columns, each with the difference 1

nearest_now = math.sqrt(nearest**2 + useless)
farthest_now = math.sqrt(farthest**2 + useless)
answer = f"{farthest_now / nearest_now:.2f}"
print(answer)
