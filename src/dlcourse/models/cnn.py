"""A small modern convolutional network: convolutions, pooling, batch normalization, few weights."""

import torch.nn.functional as F
from torch import Tensor, nn


class CNN(nn.Module):
    """Three convolutions with batch normalization, then the largest value of each map.

    The largest value may be anywhere in its map, so the network takes images of every size.

    Shapes: images (batch, in_channels, height, width), both sides at least 8
        -> logits (batch, num_classes). 24,058 parameters for one channel and ten classes, at every
        size.
    Raises: ValueError when images have another number of channels or are smaller.
    Source: Ioffe, Szegedy (2015) for batch normalization; Oquab and others (2015), Is object
        localization for free?, for the maximum over all places.
    """

    smallest_image = 8  # side in pixels

    def __init__(self, in_channels: int = 1, num_classes: int = 10):
        super().__init__()
        # Without bias: the normalization that follows subtracts any constant.
        self.conv1 = nn.Conv2d(in_channels, 16, kernel_size=3, padding=1, bias=False)
        self.norm1 = nn.BatchNorm2d(16)
        self.conv2 = nn.Conv2d(16, 32, kernel_size=3, padding=1, bias=False)
        self.norm2 = nn.BatchNorm2d(32)
        self.conv3 = nn.Conv2d(32, 64, kernel_size=3, padding=1, bias=False)
        self.norm3 = nn.BatchNorm2d(64)
        self.output = nn.Linear(64, num_classes)

    def forward(self, images: Tensor) -> Tensor:
        """Return one row of logits for each image."""
        self._check(images)
        # Pooling comes first, so that normalization and ReLU have a quarter of the values to do.
        x = self.conv1(images)  # (batch, 16, height, width)
        x = F.max_pool2d(x, 2)  # (batch, 16, height / 2, width / 2)
        x = F.relu(self.norm1(x))

        x = self.conv2(x)  # (batch, 32, height / 2, width / 2)
        x = F.max_pool2d(x, 2)  # (batch, 32, height / 4, width / 4)
        x = F.relu(self.norm2(x))

        x = self.conv3(x)  # (batch, 64, height / 4, width / 4)
        x = F.relu(self.norm3(x))

        x = x.amax(dim=(2, 3))  # (batch, 64)
        return self.output(x)  # (batch, num_classes)

    def _check(self, images: Tensor) -> None:
        in_channels = self.conv1.in_channels
        has_shape = images.dim() == 4 and images.shape[1] == in_channels
        if not has_shape or min(images.shape[2:]) < self.smallest_image:
            needed = f"(batch, {in_channels}, height, width)"
            sides = f"sides of at least {self.smallest_image}"
            given = tuple(images.shape)
            raise ValueError(f"images must have shape {needed} with {sides}, got {given}")
