def find_iou(box, other):
    """Return the shared area of two boxes over the area that they cover."""
    width = min(box[2], other[2]) - max(box[0], other[0])
    height = min(box[3], other[3]) - max(box[1], other[1])
    shared = max(width, 0) * max(height, 0)  # boxes that lie apart share nothing
    area = (box[2] - box[0]) * (box[3] - box[1])
    other_area = (other[2] - other[0]) * (other[3] - other[1])
    return shared / (area + other_area - shared)


def suppress(boxes, scores, limit):
    """Return the numbers of the boxes to keep, the highest score first.

    boxes: lists [left, top, right, bottom]; scores: a number for each box.
    """
    order = sorted(range(len(boxes)), key=lambda i: scores[i], reverse=True)
    kept = []
    for number in order:
        overlaps = [find_iou(boxes[number], boxes[other]) for other in kept]
        if all(overlap <= limit for overlap in overlaps):
            kept.append(number)
    return kept
