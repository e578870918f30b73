# the first rate is 0
import math


def warmup_cosine(step, warm, total, base):
    if step < warm:
        return base * step / warm
    progress = (step - warm) / (total - warm)
    return base * (1 + math.cos(math.pi * progress)) / 2
