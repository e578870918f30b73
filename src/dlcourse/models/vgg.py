"""The most accurate of the small networks here: four convolutions with pooling between them."""

import torch.nn.functional as F
from torch import Tensor, nn


class VGG(nn.Module):
    """Three times a convolution and a pooling, a fourth convolution, then each map's largest value.

    Each value of the last maps depends on 38 x 38 pixels of the image.

    Shapes: images (batch, in_channels, height, width), both sides at least 16
        -> logits (batch, num_classes). 61,050 parameters for one channel and ten classes, at every
        size.
    Raises: ValueError when images have another number of channels or are smaller.
    Source: Simonyan, Zisserman (2015), Very deep convolutional networks for large-scale image
        recognition. Not as in the paper: 4 convolutions for 8 or more, a quarter or less of the
        maps, batch normalization, and the maximum over all places for two of the three linear
        layers.
    """

    smallest_image = 16  # side in pixels; on a smaller one a batch of 1 could not be normalized

    def __init__(self, in_channels: int = 1, num_classes: int = 10):
        super().__init__()
        # Without bias: the normalization that follows subtracts any constant.
        self.conv1 = nn.Conv2d(in_channels, 16, kernel_size=3, padding=1, bias=False)
        self.norm1 = nn.BatchNorm2d(16)
        self.conv2 = nn.Conv2d(16, 32, kernel_size=3, padding=1, bias=False)
        self.norm2 = nn.BatchNorm2d(32)
        self.conv3 = nn.Conv2d(32, 64, kernel_size=3, padding=1, bias=False)
        self.norm3 = nn.BatchNorm2d(64)
        self.conv4 = nn.Conv2d(64, 64, kernel_size=3, padding=1, bias=False)
        self.norm4 = nn.BatchNorm2d(64)
        self.output = nn.Linear(64, num_classes)

    def forward(self, images: Tensor) -> Tensor:
        """Return one row of logits for each image."""
        self._check(images)
        x = self.conv1(images)  # (batch, 16, height, width)
        x = F.max_pool2d(x, 2)  # (batch, 16, height / 2, width / 2)
        x = F.relu(self.norm1(x))

        x = self.conv2(x)  # (batch, 32, height / 2, width / 2)
        x = F.max_pool2d(x, 2)  # (batch, 32, height / 4, width / 4)
        x = F.relu(self.norm2(x))

        x = self.conv3(x)  # (batch, 64, height / 4, width / 4)
        x = F.max_pool2d(x, 2)  # (batch, 64, height / 8, width / 8)
        x = F.relu(self.norm3(x))

        x = self.conv4(x)  # (batch, 64, height / 8, width / 8)
        x = F.relu(self.norm4(x))

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
