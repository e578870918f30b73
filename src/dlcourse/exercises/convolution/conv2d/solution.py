def conv2d(image, kernel, padding=0, stride=1):
    """Return the feature map of one image, as a list of rows.

    image and kernel are lists of rows; the kernel is not flipped.
    """
    height = len(image) + 2 * padding
    width = len(image[0]) + 2 * padding
    padded = [[0] * width for _ in range(height)]
    for i, pixels in enumerate(image):
        for j, pixel in enumerate(pixels):
            padded[i + padding][j + padding] = pixel

    feature_map = []
    for row in range(0, height - len(kernel) + 1, stride):
        sums = []
        for column in range(0, width - len(kernel[0]) + 1, stride):
            total = 0
            for i, weights in enumerate(kernel):
                for j, weight in enumerate(weights):
                    total += weight * padded[row + i][column + j]
            sums.append(total)
        feature_map.append(sums)
    return feature_map
