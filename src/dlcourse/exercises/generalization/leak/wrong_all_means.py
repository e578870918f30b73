# the means are those of all images
def mean_pixels(images):
    columns = zip(*[pixels for pixels, _, _ in images], strict=True)
    return [sum(column) / len(column) for column in columns]


def shift(images, means):
    shifted = []
    for pixels, label, writer in images:
        new_pixels = [pixel - mean for pixel, mean in zip(pixels, means, strict=True)]
        shifted.append((new_pixels, label, writer))
    return shifted


def prepare(images, test_writers):
    seen = []
    train = []
    test = []
    for image in images:
        pixels, _, writer = image
        if pixels in seen:
            continue
        seen.append(pixels)
        if writer in test_writers:
            test.append(image)
        else:
            train.append(image)
    means = mean_pixels(train + test)
    return shift(train, means), shift(test, means)
