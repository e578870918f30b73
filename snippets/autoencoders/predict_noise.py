"""What is the error of a network that returns its noisy input?"""

import random

random.seed(0)
total = 0.0
num_pixels = 100_000
for _ in range(num_pixels):
    noise = random.gauss(0, 0.3)
    pixel = 0.5
    returned = pixel + noise  # the noisy input, unchanged
    total += (returned - pixel) ** 2
answer = round(total / num_pixels, 2)
print("mean squared error:", answer)
