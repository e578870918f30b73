def best_guess(x, images, s):
    """Return the mean of the images, weighted by how likely each is behind x.

    x: a noisy image; images: lists of as many numbers; s: the share, in (0, 1).
    """
    # TODO: compute a score for each image, weights from the scores, and the weighted mean
    raise NotImplementedError
