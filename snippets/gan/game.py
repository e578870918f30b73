"""The two-number game: where three kinds of steps lead."""

import math


def play(kind, step_size=0.1, num_steps=400, start=(1.0, 0.0)):
    """Return the positions (point, slope) after each step."""
    point, slope = start  # the generator's number, the discriminator's
    path = [start]
    for _ in range(num_steps):
        # The discriminator raises slope * 0 - slope * point
        gradient = -point
        if kind == "with R1":
            gradient = gradient - slope  # the penalty is slope² / 2
        new_slope = slope + step_size * gradient

        # The generator raises slope * point
        seen = slope if kind == "simultaneous" else new_slope
        point = point + step_size * seen
        slope = new_slope
        path.append((point, slope))
    return path


print("distance from (0, 0)")
print("step            0    100    200    400")
distances = {}
for kind in ("simultaneous", "alternating", "with R1"):
    path = play(kind)
    distances[kind] = [math.hypot(*path[step]) for step in (0, 100, 200, 400)]
    print(f"{kind:13}", *[f"{one:6.2f}" for one in distances[kind]])
