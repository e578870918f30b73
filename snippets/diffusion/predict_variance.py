"""What is the variance of a mixture of examples and noise?"""

import math
import random

random.seed(0)
num_numbers = 200_000
total = 0.0
for _ in range(num_numbers):
    example = random.choice([-1.0, 1.0])  # mean 0, variance 1
    noise = random.gauss(0, 1)
    mixed = math.sqrt(0.6) * example + math.sqrt(0.4) * noise
    total += mixed**2
answer = round(total / num_numbers, 2)
print("variance:", answer)
print("sum of the factors:", round(math.sqrt(0.6) + math.sqrt(0.4), 2))
print("factors 0.6 and 0.4:", round(0.6**2 + 0.4**2, 2))
