def best_discriminator(p, q):
    """Return the best outputs and their loss, in nats.

    p, q: probabilities of the same examples, in the real and the generated data.
    """
    # TODO: compute each output from p and q, and add up both parts of the loss
    raise NotImplementedError
