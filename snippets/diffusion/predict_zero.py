"""What is the error of a network that predicts 0 for every noise?"""

import random

random.seed(0)
num_numbers = 100_000
total = 0.0
for _ in range(num_numbers):
    noise = random.gauss(0, 1)
    prediction = 0
    total += (prediction - noise) ** 2
answer = round(total / num_numbers, 1)
print("mean squared error:", answer)
