# the size is wrong
def conv2d(image, kernel, padding=0, stride=1):
    width = len(image[0]) + 2 * padding
    rows = [[0] * width for _ in range(padding)]
    for pixels in image:
        rows.append([0] * padding + pixels + [0] * padding)
    rows += [[0] * width for _ in range(padding)]
    height = len(rows)
    num_rows = (width - len(kernel[0])) // stride + 1
    num_columns = (height - len(kernel)) // stride + 1
    result = [[0] * num_columns for _ in range(num_rows)]
    for i in range(num_columns):
        for j in range(num_rows):
            for k, weights in enumerate(kernel):
                for m, weight in enumerate(weights):
                    result[j][i] += weight * rows[i * stride + k][j * stride + m]
    return result
