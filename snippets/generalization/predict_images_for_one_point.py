"""Find the number of images whose standard error is one point."""

import math

accuracy = 0.9
errors = {}
for num_images in (100, 300, 900, 9000):
    error = math.sqrt(accuracy * (1 - accuracy) / num_images)
    errors[num_images] = round(error, 3)
assert errors[100] == 0.03
assert errors[300] == 0.017
assert errors[9000] == 0.003

answer = min(errors, key=lambda num_images: abs(errors[num_images] - 0.01))
print(answer)
