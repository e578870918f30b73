def batch_norm_momentum(momentum):
    """Return the momentum for Keras that does what this does in PyTorch."""
    return 1 - momentum  # the weight of the old mean


def from_logits(last_activation):
    """Return whether outputs are logits, given a name or None."""
    return last_activation != "softmax"


def adam_epsilon(eps, beta_2, step):
    """Return the epsilon for Keras that does at a step what eps does."""
    return eps * (1 - beta_2**step) ** 0.5
