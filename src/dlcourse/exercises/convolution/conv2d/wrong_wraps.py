# the border is not zero
def conv2d(image, kernel, padding=0, stride=1):
    height = len(image)
    width = len(image[0])
    result = []
    for row in range(-padding, height + padding - len(kernel) + 1, stride):
        sums = []
        for column in range(-padding, width + padding - len(kernel[0]) + 1, stride):
            total = 0
            for i, weights in enumerate(kernel):
                for j, weight in enumerate(weights):
                    total += weight * image[(row + i) % height][(column + j) % width]
            sums.append(total)
        result.append(sums)
    return result
