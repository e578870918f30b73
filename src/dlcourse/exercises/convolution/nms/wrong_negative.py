# boxes that lie apart
def find_iou(box, other):
    width = min(box[2], other[2]) - max(box[0], other[0])
    height = min(box[3], other[3]) - max(box[1], other[1])
    if width < 0 < height or height < 0 < width:
        return 0
    area = (box[2] - box[0]) * (box[3] - box[1])
    other_area = (other[2] - other[0]) * (other[3] - other[1])
    return width * height / abs(area + other_area - width * height)


def suppress(boxes, scores, limit):
    kept = []
    for number in sorted(range(len(boxes)), key=lambda i: -scores[i]):
        if all(find_iou(boxes[number], boxes[other]) <= limit for other in kept):
            kept.append(number)
    return kept
