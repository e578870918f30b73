# the share of correct pixels
def mean_iou(predicted, true):
    num_correct = 0
    for a, b in zip(predicted, true, strict=True):
        num_correct += a == b
    return num_correct / len(true)
