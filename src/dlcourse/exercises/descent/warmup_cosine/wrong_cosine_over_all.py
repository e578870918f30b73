# the cosine counts from step 0
import math


def warmup_cosine(step, warm, total, base):
    if step < warm:
        return base * (step + 1) / (warm + 1)
    return base * (1 + math.cos(math.pi * step / total)) / 2
