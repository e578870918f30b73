"""Mean intersection over union: one possible answer to the exercise."""


def mean_iou(predicted, true):
    """Return the mean over the classes that occur in one of two lists."""
    pairs = list(zip(predicted, true, strict=True))
    ratios = []
    for number in sorted({*predicted, *true}):
        num_both = pairs.count((number, number))
        num_either = predicted.count(number) + true.count(number) - num_both
        ratios.append(num_both / num_either)
    return sum(ratios) / len(ratios)


assert mean_iou([0, 1, 1, 1], [0, 0, 1, 1]) == (1 / 2 + 2 / 3) / 2
assert mean_iou([0, 0], [0, 0]) == 1
assert mean_iou([0, 0], [1, 1]) == 0
