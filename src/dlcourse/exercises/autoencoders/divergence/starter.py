def vae_loss(pixels, probabilities, mean, log_variance):
    """Return the pair (error, divergence) of one image, in nats.

    pixels, probabilities: a number for each pixel; mean, log_variance: one for
    each number of the code.
    """
    # TODO: add up the cross entropy over the pixels, and the divergence over the code
    raise NotImplementedError
