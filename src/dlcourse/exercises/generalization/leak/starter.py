def mean_pixels(images):
    """Return the mean of each pixel over some images."""
    columns = zip(*[pixels for pixels, _, _ in images], strict=True)
    return [sum(column) / len(column) for column in columns]


def shift(images, means):
    """Return the images with the means subtracted from their pixels."""
    shifted = []
    for pixels, label, writer in images:
        new_pixels = [pixel - mean for pixel, mean in zip(pixels, means, strict=True)]
        shifted.append((new_pixels, label, writer))
    return shifted


def prepare(images, test_writers):
    """Return the training images and the test images, shifted to the mean 0.

    An image is a tuple (pixels, label, writer).
    """
    # TODO: find and fix three leaks
    means = mean_pixels(images)
    shifted = shift(images, means)
    num_train = len(images) * 4 // 5
    train = shifted[:num_train]
    test = shifted[num_train:]
    return train, test
