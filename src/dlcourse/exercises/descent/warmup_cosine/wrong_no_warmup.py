# there is no warm-up
import math


def warmup_cosine(step, warm, total, base):
    return base * (1 + math.cos(math.pi * step / total)) / 2
