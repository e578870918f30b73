def suppress(boxes, scores, limit):
    """Return the numbers of the boxes to keep, the highest score first.

    boxes: lists [left, top, right, bottom]; scores: a number for each box.
    """
    # TODO: keep the best box, drop those that overlap with it too much, and go on
    raise NotImplementedError
