# shared pixels count twice
def mean_iou(predicted, true):
    ratios = []
    for number in {*predicted, *true}:
        both = list(zip(predicted, true, strict=True)).count((number, number))
        ratios.append(both / (predicted.count(number) + true.count(number)))
    return sum(ratios) / len(ratios)
