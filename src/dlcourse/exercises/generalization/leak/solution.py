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
    seen = []
    train = []
    test = []
    for image in images:
        pixels, _, writer = image
        if pixels in seen:
            continue  # a copy, which could come into the other set
        seen.append(pixels)
        if writer in test_writers:
            test.append(image)
        else:
            train.append(image)
    means = mean_pixels(train)  # nothing of the test set
    return shift(train, means), shift(test, means)
