def forget_bias(num_steps, share):
    """Return the bias with which a forget gate leaves this share.

    num_steps: at least 1; share: what is left after that many steps, in (0, 1).
    """
    # TODO: find the gate from the share, and the bias from the gate
    raise NotImplementedError
