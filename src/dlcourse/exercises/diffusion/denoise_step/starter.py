def denoise_step(x, noise, fresh, s, next_s):
    """Return the numbers at the next, lower noise level.

    x, noise, fresh: lists of equal length; s < next_s: shares of the example.
    """
    # TODO: compute the two variances, and mix guess, predicted noise and fresh noise
    raise NotImplementedError
