# the cosine is not halved
import math


def warmup_cosine(step, warm, total, base):
    if step < warm:
        return base * (step + 1) / (warm + 1)
    progress = (step - warm) / (total - warm)
    return base * math.cos(math.pi * progress)
