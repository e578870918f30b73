def batch_norm_momentum(momentum):
    """Return the momentum for Keras that does what this does in PyTorch."""
    # TODO: return the setting of Keras, here and in the two functions below
    raise NotImplementedError


def from_logits(last_activation):
    """Return whether outputs are logits, given a name or None."""
    raise NotImplementedError


def adam_epsilon(eps, beta_2, step):
    """Return the epsilon for Keras that does at a step what eps does."""
    raise NotImplementedError
