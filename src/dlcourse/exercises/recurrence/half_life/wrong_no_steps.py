# the steps are ignored
import math


def forget_bias(num_steps, share):
    return math.log(share / (1 - share))
