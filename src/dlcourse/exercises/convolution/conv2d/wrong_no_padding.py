# the padding is ignored
def conv2d(image, kernel, padding=0, stride=1):
    result = []
    for row in range(0, len(image) - len(kernel) + 1, stride):
        sums = []
        for column in range(0, len(image[0]) - len(kernel[0]) + 1, stride):
            total = 0
            for i, weights in enumerate(kernel):
                for j, weight in enumerate(weights):
                    total += weight * image[row + i][column + j]
            sums.append(total)
        result.append(sums)
    return result
