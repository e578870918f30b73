def mean_iou(predicted, true):
    """Return the mean IoU over the classes that occur in one of the lists.

    predicted and true hold a class number for each pixel.
    """
    pairs = list(zip(predicted, true, strict=True))
    ratios = []
    for number in {*predicted, *true}:
        num_both = pairs.count((number, number))
        # The pixels in both lists are counted twice by the sum
        num_either = predicted.count(number) + true.count(number) - num_both
        ratios.append(num_both / num_either)
    return sum(ratios) / len(ratios)
