"""A one-stage detector: it says at each place which object is there, and where its edges are."""

import torch
from torch import Tensor, nn

from dlcourse.models.scene_backbone import SceneBackbone


class Detector(nn.Module):
    """A backbone and a 1 x 1 convolution, which computes the same for every place.

    The first num_classes outputs of a place are logits, one a class: is the middle of such an
    object here? The last four are the distances in pixels from the place to the left, top, right
    and bottom edge of that object's box.

    Shapes: images (batch, 1, height, width) -> (batch, num_classes + 4, height / 2, width / 2).
        33,150 parameters for ten classes and 32 features.
    Source: Tian, Shen, Chen, He (2019), FCOS: fully convolutional one-stage object detection,
        reduced to one resolution and without its centerness.
    """

    def __init__(self, num_classes: int = 10, features: int = 32):
        super().__init__()
        self.backbone = SceneBackbone(features)
        self.head = nn.Conv2d(features, num_classes + 4, kernel_size=1)
        # An object begins as unlikely as objects are, which saves the first steps: a sigmoid of -4
        # is 0.02. Lin and others (2017), Focal loss for dense object detection, section 4.1.
        bias = torch.full((num_classes + 4,), -4.0)
        bias[num_classes:] = 5.0  # half of a digit's side
        self.head.bias = nn.Parameter(bias)

    def forward(self, images: Tensor) -> Tensor:
        """Return the logits and the distances of each place."""
        x = self.backbone(images)  # (batch, features, height / 2, width / 2)
        return self.head(x)  # (batch, num_classes + 4, height / 2, width / 2)
