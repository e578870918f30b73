"""One standard error of an accuracy, in percent, on 359 images."""

import math

num_images = 359  # the test set of the digits
for accuracy in (0.5, 0.96):
    variance = accuracy * (1 - accuracy)
    error = math.sqrt(variance / num_images)
    print(f"{100 * accuracy:.0f} ± {100 * error:.1f}")
