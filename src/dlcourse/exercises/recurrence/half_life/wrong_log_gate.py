# the logarithm of the gate
import math


def forget_bias(num_steps, share):
    return math.log(share) / num_steps
