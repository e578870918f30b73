# all pixels together
def mean_iou(predicted, true):
    both = sum(a == b for a, b in zip(predicted, true, strict=True))
    return both / (len(predicted) + len(true) - both)
