import math


def forget_bias(num_steps, share):
    """Return the bias with which a forget gate leaves this share.

    num_steps: at least 1; share: what is left after that many steps, in (0, 1).
    """
    gate = share ** (1 / num_steps)  # gate ** num_steps is the share
    return math.log(gate / (1 - gate))  # the sigmoid of this is the gate
