"""ResNet-18 as torchvision builds it, so that the weights published for it fit."""

import torch
from torch import Tensor

from dlcourse.data.torchvision_ops import torchvision


class ResNet18(torchvision.models.ResNet):
    """Eighteen layers, two and two bridged by a sum, trained by others on 1.3 million photographs.

    Shapes: images (batch, 1 or 3, height, width), both sides at least 33 -> logits (batch, num_classes).
        11.2 million parameters. Grey pictures are taken as colour with three equal channels.
    Source: He, Zhang, Ren, Sun (2015), Deep residual learning for image recognition; code and weights are
        torchvision's.
    """

    smallest_image = (
        33  # at 32 the last maps have one pixel, and a batch of one has nothing to normalise
    )
    published = torchvision.models.ResNet18_Weights.IMAGENET1K_V1.url

    def __init__(self, in_channels: int = 3, num_classes: int = 1000):
        super().__init__(
            torchvision.models.resnet.BasicBlock, [2, 2, 2, 2], num_classes=num_classes
        )
        # Mean and standard deviation of ImageNet's channels, with which the published weights were trained.
        self.register_buffer(
            "mean", torch.tensor([0.485, 0.456, 0.406]).reshape(3, 1, 1), persistent=False
        )
        self.register_buffer(
            "std", torch.tensor([0.229, 0.224, 0.225]).reshape(3, 1, 1), persistent=False
        )

    def forward(self, images: Tensor) -> Tensor:
        """Return one row of logits for each image."""
        return super().forward((images.expand(-1, 3, -1, -1) - self.mean) / self.std)
