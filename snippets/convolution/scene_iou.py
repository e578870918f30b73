"""Intersection over union of two boxes."""


def find_iou(box, other):
    """Return the shared area of two boxes over the area that they cover."""
    width = min(box[2], other[2]) - max(box[0], other[0])
    height = min(box[3], other[3]) - max(box[1], other[1])
    intersection = max(width, 0) * max(height, 0)
    area = (box[2] - box[0]) * (box[3] - box[1])
    other_area = (other[2] - other[0]) * (other[3] - other[1])
    return intersection / (area + other_area - intersection)


true_box = [0, 0, 10, 10]  # left, top, right, bottom
overlaps = {}
for shift in (0, 1, 2, 3, 4, 10):
    found_box = [shift, shift, 10 + shift, 10 + shift]
    overlaps[shift] = find_iou(true_box, found_box)
    print(f"moved by {shift:2}: {overlaps[shift]:.2f}")
