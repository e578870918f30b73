# the sign is wrong
import math


def forget_bias(num_steps, share):
    gate = share ** (1 / num_steps)
    return math.log((1 - gate) / gate)
