"""A small convolutional network of today: convolutions, pooling, batch normalisation and few weights."""

import torch.nn.functional as F
from torch import Tensor, nn


class CNN(nn.Module):
    """Three convolutions with batch normalisation, then the strongest response of each map, wherever it is.

    Shapes: images (batch, in_channels, height, width), both sides at least 8
        -> logits (batch, num_classes). 24,058 parameters for one channel and ten classes, at every size.
    Raises: ValueError when images have another number of channels or are smaller.
    Source: Ioffe, Szegedy (2015) for batch normalisation; Oquab and others (2015), Is object localization for
        free?, for the maximum over all places.
    """

    smallest_image = 8  # side in pixels

    def __init__(self, in_channels: int = 1, num_classes: int = 10):
        super().__init__()
        # Without bias: the normalisation that follows subtracts any constant.
        self.conv1 = nn.Conv2d(in_channels, 16, kernel_size=3, padding=1, bias=False)
        self.norm1 = nn.BatchNorm2d(16)
        self.conv2 = nn.Conv2d(16, 32, kernel_size=3, padding=1, bias=False)
        self.norm2 = nn.BatchNorm2d(32)
        self.conv3 = nn.Conv2d(32, 64, kernel_size=3, padding=1, bias=False)
        self.norm3 = nn.BatchNorm2d(64)
        self.output = nn.Linear(64, num_classes)

    def forward(self, images: Tensor) -> Tensor:
        """Return one row of logits for each image."""
        in_channels = self.conv1.in_channels
        if (
            images.dim() != 4
            or images.shape[1] != in_channels
            or min(images.shape[2:]) < self.smallest_image
        ):
            given = f"with sides of at least {self.smallest_image}, got {tuple(images.shape)}"
            raise ValueError(
                f"images must have shape (batch, {in_channels}, height, width) {given}"
            )
        # Pooled first, so that normalisation and ReLU have a quarter of the values to do.
        x = F.relu(
            self.norm1(F.max_pool2d(self.conv1(images), 2))
        )  # (batch, 16, height / 2, width / 2)
        x = F.relu(self.norm2(F.max_pool2d(self.conv2(x), 2)))  # (batch, 32, height / 4, width / 4)
        x = F.relu(self.norm3(self.conv3(x)))  # (batch, 64, height / 4, width / 4)
        x = x.amax(dim=(2, 3))  # (batch, 64)
        return self.output(x)  # (batch, num_classes)
