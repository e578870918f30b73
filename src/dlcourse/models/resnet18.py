"""ResNet-18 as torchvision builds it, so that the weights published for it fit."""

import torch
from torch import Tensor

from dlcourse.data.torchvision_ops import torchvision

# Mean and standard deviation of ImageNet's channels: the published weights were trained on images
# that were normalized with them.
MEAN = (0.485, 0.456, 0.406)
STD = (0.229, 0.224, 0.225)


class ResNet18(torchvision.models.ResNet):
    """Eighteen layers; the input of each pair of convolutions is added to its output.

    Weights that were trained on 1.3 million photographs are published for it.

    Shapes: images (batch, 1 or 3, height, width), both sides at least 33
        -> logits (batch, num_classes). 11.2 million parameters. A gray image is treated as a color
        image with three equal channels.
    Source: He, Zhang, Ren, Sun (2015), Deep residual learning for image recognition; code and
        weights are torchvision's.
    """

    # Side in pixels: at 32 the last maps have one pixel, and a batch of one cannot be normalized.
    smallest_image = 33
    published = torchvision.models.ResNet18_Weights.IMAGENET1K_V1.url

    def __init__(self, in_channels: int = 3, num_classes: int = 1000):
        block = torchvision.models.resnet.BasicBlock
        super().__init__(block, [2, 2, 2, 2], num_classes=num_classes)
        mean = torch.tensor(MEAN).reshape(3, 1, 1)
        std = torch.tensor(STD).reshape(3, 1, 1)
        self.register_buffer("mean", mean, persistent=False)
        self.register_buffer("std", std, persistent=False)

    def forward(self, images: Tensor) -> Tensor:
        """Return one row of logits for each image."""
        colors = images.expand(-1, 3, -1, -1)
        normalized = (colors - self.mean) / self.std
        return super().forward(normalized)
