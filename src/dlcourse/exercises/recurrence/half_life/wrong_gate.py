# the gate is returned
def forget_bias(num_steps, share):
    return share ** (1 / num_steps)
