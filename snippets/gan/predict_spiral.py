"""Where do simultaneous steps of two sizes lead?"""

import math


def play(step_size, num_steps):
    """Return the distance from (0, 0) after simultaneous steps."""
    point = 1.0
    slope = 0.0
    for _ in range(num_steps):
        old_slope = slope
        slope -= step_size * point
        point += step_size * old_slope
    return math.hypot(point, slope)


large = play(step_size=0.1, num_steps=200)
small = play(step_size=0.05, num_steps=400)
print(f"200 steps of 0.1: {large:.2f}, 400 steps of 0.05: {small:.2f}")
if small < 0.1:
    answer = "the second run arrives"
elif abs(small - large) < 0.01:
    answer = "the same distance"
elif large > 1 and small > 1:
    answer = "farther away in both runs"
print(answer)
