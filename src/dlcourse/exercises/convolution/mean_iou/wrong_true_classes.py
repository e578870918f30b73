# only the true classes
def mean_iou(predicted, true):
    ratios = []
    for number in set(true):
        both = list(zip(predicted, true, strict=True)).count((number, number))
        ratios.append(both / (predicted.count(number) + true.count(number) - both))
    return sum(ratios) / len(ratios)
