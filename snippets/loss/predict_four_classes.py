"""The cross-entropy of equal probabilities is the logarithm of their number."""

import math

p = 1 / 4
answer = f"{-math.log(p):.2f}"
print(answer)
assert math.isclose(-math.log(p), math.log(4))
