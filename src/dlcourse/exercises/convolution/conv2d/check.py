"""Check convolution/conv2d."""

import random

from dlcourse.exercises.checking import are_close, expect, expect_list, expect_number

MESSAGES = {
    "the kernel is flipped": "For the example you return {got}, expected {expected}: the kernel "
    "is flipped. A network slides it as it is.",
    "the example is wrong": "For the image {image} and the kernel {kernel} you return {got}, "
    "expected {expected}.",
    "the last windows are lost": "{case}: your map has {got} rows and columns, expected "
    "{expected}: the last place of the window in each direction is missing.",
    "the stride is ignored": "{case}: you return the map of stride 1, with {got} rows and columns "
    "where {expected} were expected.",
    "the padding is ignored": "{case}: you return the map without padding, with {got} rows and "
    "columns where {expected} were expected.",
    "the border is not zero": "{case}: the middle of your map is correct and its border is not: "
    "{got}, expected {expected}. The pixels around the image are 0.",
    "the size is wrong": "{case}: your map has {got} rows and columns, expected {expected}.",
    "a value is wrong": "{case}: row {row}, column {column} of your map is {got}, expected "
    "{expected}.",
    "the image is changed": "Your function changes the image that it gets. Write the padded one "
    "into a new list.",
}
IMAGE, KERNEL = [[1, 2, 0], [0, 1, 3]], [[1, 0], [0, -1]]  # the example of the task
# Height and width of the image, then of the kernel, padding and stride
CASES = [(5, 7, 3, 2, 0, 1), (6, 9, 3, 3, 0, 2), (5, 6, 3, 3, 1, 1), (7, 9, 3, 3, 1, 2)]
MORE_CASES = [(9, 6, 2, 5, 2, 3), (3, 10, 3, 1, 0, 3), (11, 5, 5, 3, 2, 1), (1, 8, 1, 3, 0, 2)]


def make_rows(generator, height, width):
    """Return random numbers between -2 and 2, and none near 0."""
    sign = (-1, 1)
    rows = []
    for _ in range(height):
        rows.append([generator.choice(sign) * generator.uniform(0.5, 2) for _ in range(width)])
    return rows


def convolve(image, kernel, padding, stride):
    """Return the feature map by looking up each pixel, with 0 outside of the image."""
    height = (len(image) + 2 * padding - len(kernel)) // stride + 1
    width = (len(image[0]) + 2 * padding - len(kernel[0])) // stride + 1
    feature_map = [[0.0] * width for _ in range(height)]
    for place in range(height * width):
        for tap in range(len(kernel) * len(kernel[0])):
            i, j = divmod(tap, len(kernel[0]))
            row = place // width * stride + i - padding
            column = place % width * stride + j - padding
            if 0 <= row < len(image) and 0 <= column < len(image[0]):
                feature_map[place // width][place % width] += kernel[i][j] * image[row][column]
    return feature_map


def size(rows):
    """Return the numbers of rows and columns."""
    return (len(rows), len(rows[0]) if rows else 0)


def are_equal(rows, expected):
    """Say whether two maps have one size and the same values."""
    if size(rows) != size(expected):
        return False
    return all(are_close(row, other) for row, other in zip(rows, expected, strict=True))


def expect_rows(rows, name):
    """Stop unless this is a list of lists of equal length that hold numbers."""
    expect_list(rows, len(rows) if isinstance(rows, list) else 0, name)
    for row in rows:
        expect_list(row, size(rows)[1] if isinstance(rows[0], list) else 0, f"a row of {name}")
        for value in row:
            expect_number(value, f"a value of {name}")


def compare(learner, generator, case):
    """Compare one geometry with the right map and with those of known mistakes."""
    height, width, kernel_height, kernel_width, padding, stride = case
    image = make_rows(generator, height, width)
    kernel = make_rows(generator, kernel_height, kernel_width)
    options = {}
    if padding != 0:
        options["padding"] = padding
    if stride != 1:
        options["stride"] = stride
    copied = [row[:] for row in image]
    got = learner.conv2d(copied, kernel, **options)
    expect_rows(got, "the feature map")
    expect(copied == image, "the image is changed")
    expected = convolve(image, kernel, padding, stride)
    text = f"Image {height} x {width}, kernel {kernel_height} x {kernel_width}"
    text += f", padding {padding}, stride {stride}"
    shown = {"case": text, "got": size(got), "expected": size(expected)}
    cropped = [row[:-1] for row in expected[:-1]]
    is_cropped = bool(cropped and cropped[0]) and are_equal(got, cropped)
    expect(not is_cropped, "the last windows are lost", **shown)
    if stride != 1:
        unstrided = convolve(image, kernel, padding, 1)
        expect(not are_equal(got, unstrided), "the stride is ignored", **shown)
    if padding != 0:
        unpadded = convolve(image, kernel, 0, stride)
        expect(not are_equal(got, unpadded), "the padding is ignored", **shown)
    expect(size(got) == size(expected), "the size is wrong", **shown)
    if padding != 0 and stride == 1:
        inner = [row[padding:-padding] for row in got[padding:-padding]]
        inner_expected = [row[padding:-padding] for row in expected[padding:-padding]]
        only_border = are_equal(inner, inner_expected) and not are_close(got[0], expected[0])
        shown = {"case": text, "got": got[0][0], "expected": expected[0][0]}
        expect(not only_border, "the border is not zero", **shown)
    for i, (row, expected_row) in enumerate(zip(got, expected, strict=True)):
        for j, (value, other) in enumerate(zip(row, expected_row, strict=True)):
            shown = {"case": text, "row": i, "column": j, "got": value, "expected": other}
            expect(are_close([value], [other]), "a value is wrong", **shown)


def check(learner, generator: random.Random) -> None:
    """Compare the worked example, then maps of unequal sizes, paddings and strides."""
    got = learner.conv2d([row[:] for row in IMAGE], [row[:] for row in KERNEL])
    expect_rows(got, "the feature map")
    shown = {"image": IMAGE, "kernel": KERNEL, "got": got, "expected": [[0, -1]]}
    expect(not are_equal(got, [[0, 1]]), "the kernel is flipped", **shown)
    if are_equal(got, [[0, -1]]) or size(got) == (1, 2):
        expect(are_equal(got, [[0, -1]]), "the example is wrong", **shown)
    for case in CASES + MORE_CASES:
        compare(learner, generator, case)
    expect(are_equal(got, [[0, -1]]), "the example is wrong", **shown)
