def hole_test(probabilities, codes):
    """Return the readable share, the number of kinds, and whether the code is collapsed.

    probabilities: of the classes, for each generated image; codes: the mean
    code of each training image.
    """
    # TODO: find the readable images, count their classes, and compare the codes
    raise NotImplementedError
