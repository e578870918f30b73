"""Non-maximum suppression: many boxes, one for each object."""

import torch

from dlcourse.tasks.boxes import find_iou

scores = torch.tensor([0.9, 0.8, 0.7, 0.6, 0.3])  # the surest first
boxes = torch.tensor(
    [  # left, top, right, bottom
        [2.0, 2, 12, 12],
        [3, 2, 13, 12],
        [20, 6, 28, 14],
        [2, 3, 12, 13],
        [20, 7, 28, 15],
    ]
)
is_left = scores > 0
while is_left.any():
    best = (scores * is_left).argmax()
    overlaps = find_iou(boxes[best], boxes)
    is_same = is_left & (overlaps > 0.4)
    print(f"keep {scores[best]:.1f} for {is_same.sum()} boxes")
    is_left = is_left & ~is_same
