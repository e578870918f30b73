# absent classes count
def mean_iou(predicted, true):
    ratios = []
    for number in range(max(predicted + true) + 1):
        both = list(zip(predicted, true, strict=True)).count((number, number))
        either = predicted.count(number) + true.count(number) - both
        ratios.append(both / max(either, 1))
    return sum(ratios) / len(ratios)
