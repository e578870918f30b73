"""A segmenter: it says for each pixel of an image which class it belongs to."""

import torch.nn.functional as F
from torch import Tensor, nn

from dlcourse.models.scene_backbone import STRIDE, SceneBackbone


class Segmenter(nn.Module):
    """A backbone, a 1 x 1 convolution, and the pixels of each place put side by side.

    A place of the backbone stands for 2 x 2 pixels. So the convolution computes the logits of four
    pixels, and `pixel_shuffle` moves them to where these lie.

    Shapes: images (batch, 1, height, width), both sides even -> logits (batch, num_classes, height,
        width). 34,140 parameters for eleven classes and 32 features.
    Source: Long, Shelhamer, Darrell (2015), Fully convolutional networks for semantic segmentation;
        Shi and others (2016), Real-time single image and video super-resolution using an efficient
        sub-pixel convolutional neural network, for the step to the full resolution.
    """

    def __init__(self, num_classes: int = 11, features: int = 32):
        super().__init__()
        self.backbone = SceneBackbone(features)
        self.head = nn.Conv2d(features, num_classes * STRIDE**2, kernel_size=1)

    def forward(self, images: Tensor) -> Tensor:
        """Return the logits of each pixel."""
        x = self.backbone(images)  # (batch, features, height / 2, width / 2)
        x = self.head(x)  # (batch, num_classes * 4, height / 2, width / 2)
        return F.pixel_shuffle(x, STRIDE)  # (batch, num_classes, height, width)
