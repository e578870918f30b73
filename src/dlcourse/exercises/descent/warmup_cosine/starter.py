def warmup_cosine(step, warm, total, base):
    """Return the learning rate at a step from 0 to total - 1.

    It climbs in a line for warm steps, is base at step warm, and falls in a cosine.
    """
    # TODO: compute the rate of the climb or of the fall
    raise NotImplementedError
