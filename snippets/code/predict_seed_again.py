"""The same seed starts the same sequence again."""

import random

random.seed(0)
first = [random.random() for _ in range(3)]
random.seed(0)
again = [random.random() for _ in range(5)]

drawn_before = [number for number in again if number in first]
answer = len(drawn_before)
print(answer)
assert drawn_before == again[:3]
