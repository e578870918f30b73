def conv2d(image, kernel, padding=0, stride=1):
    """Return the feature map of one image, as a list of rows.

    image and kernel are lists of rows; the kernel is not flipped.
    """
    # TODO: pad the image, move the window, and add up the products at each place
    raise NotImplementedError
