# the share is divided
import math


def forget_bias(num_steps, share):
    gate = share / num_steps
    return math.log(gate / (1 - gate))
