def mean_iou(predicted, true):
    """Return the mean IoU over the classes that occur in one of the lists.

    predicted and true hold a class number for each pixel.
    """
    # TODO: for each class, divide the pixels that have it in both lists by those in either
    raise NotImplementedError
