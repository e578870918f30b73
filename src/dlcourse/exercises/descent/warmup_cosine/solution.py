import math


def warmup_cosine(step, warm, total, base):
    """Return the learning rate at a step from 0 to total - 1.

    It climbs in a line for warm steps, is base at step warm, and falls in a cosine.
    """
    if step < warm:
        return base * (step + 1) / (warm + 1)
    progress = (step - warm) / (total - warm)  # from 0 to almost 1
    return base * (1 + math.cos(math.pi * progress)) / 2
