"""A solution of the exercise descent/warmup_cosine."""

import math


def warmup_cosine(step, warm, total, base):
    """Return the learning rate at a step: up in a line, down in a cosine."""
    if step < warm:
        return base * (step + 1) / (warm + 1)
    progress = (step - warm) / (total - warm)  # from 0 to almost 1
    return base * (1 + math.cos(math.pi * progress)) / 2


rates = [warmup_cosine(step, 1, 5, 1.0) for step in range(4)]
assert [round(rate, 3) for rate in rates] == [0.5, 1.0, 0.854, 0.5]
assert warmup_cosine(0, 0, 5, 1.0) == 1.0
