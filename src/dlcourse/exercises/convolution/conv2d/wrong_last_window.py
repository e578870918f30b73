# the last windows are lost
def conv2d(image, kernel, padding=0, stride=1):
    width = len(image[0]) + 2 * padding
    rows = [[0] * width for _ in range(padding)]
    for pixels in image:
        rows.append([0] * padding + pixels + [0] * padding)
    rows += [[0] * width for _ in range(padding)]
    result = []
    for row in range(0, len(rows) - len(kernel), stride):
        sums = []
        for column in range(0, width - len(kernel[0]), stride):
            total = 0
            for i, weights in enumerate(kernel):
                for j, weight in enumerate(weights):
                    total += weight * rows[row + i][column + j]
            sums.append(total)
        result.append(sums)
    return result
