"""A small residual network: two of its blocks add their input to what their layers compute."""

import torch.nn.functional as F
from torch import Tensor, nn


class ResNet(nn.Module):
    """Nine layers; two pairs of them are residual blocks, which add their input to their output.

    With first_channels = c the four other convolutions have c, 2 c, 4 c and 8 c channels. Three
    poolings halve both sides.

    Shapes: images (batch, in_channels, height, width), both sides at least 16
        -> logits (batch, num_classes). 412,666 parameters for c = 16, one channel and ten
        classes, at every size.
    Raises: ValueError when images have another number of channels or are smaller.
    Source: He, Zhang, Ren, Sun (2016), Deep residual learning for image recognition; Page (2018),
        How to train your ResNet, for the form with nine layers. Not as there: a quarter of the
        channels, and the maximum over all places at the end.
    """

    smallest_image = 16  # side in pixels; on a smaller one a batch of 1 could not be normalized

    def __init__(
        self,
        in_channels: int = 1,
        num_classes: int = 10,
        first_channels: int = 16,
    ):
        super().__init__()
        self.in_channels = in_channels
        c = first_channels
        self.conv1 = NormalizedConvolution(in_channels, c)
        self.conv2 = NormalizedConvolution(c, 2 * c)
        self.block1 = ResidualBlock(2 * c)
        self.conv3 = NormalizedConvolution(2 * c, 4 * c)
        self.conv4 = NormalizedConvolution(4 * c, 8 * c)
        self.block2 = ResidualBlock(8 * c)
        self.output = nn.Linear(8 * c, num_classes)

    def forward(self, images: Tensor) -> Tensor:
        """Return one row of logits for each image."""
        self._check(images)
        x = self.conv1(images)  # (batch, c, height, width)
        x = self.conv2(x)  # (batch, 2 c, height, width)
        x = F.max_pool2d(x, 2)  # (batch, 2 c, height / 2, width / 2)
        x = self.block1(x)  # the same shape

        x = self.conv3(x)  # (batch, 4 c, height / 2, width / 2)
        x = F.max_pool2d(x, 2)  # (batch, 4 c, height / 4, width / 4)
        x = self.conv4(x)  # (batch, 8 c, height / 4, width / 4)
        x = F.max_pool2d(x, 2)  # (batch, 8 c, height / 8, width / 8)
        x = self.block2(x)  # the same shape

        x = x.amax(dim=(2, 3))  # (batch, 8 c)
        return self.output(x)  # (batch, num_classes)

    def _check(self, images: Tensor) -> None:
        has_shape = images.dim() == 4 and images.shape[1] == self.in_channels
        if not has_shape or min(images.shape[2:]) < self.smallest_image:
            needed = f"(batch, {self.in_channels}, height, width)"
            sides = f"sides of at least {self.smallest_image}"
            given = tuple(images.shape)
            raise ValueError(f"images must have shape {needed} with {sides}, got {given}")


class NormalizedConvolution(nn.Module):
    """A convolution of 3 x 3, batch normalization and ReLU.

    Shapes: (batch, in_channels, height, width) -> (batch, out_channels, height, width).
    """

    def __init__(self, in_channels: int, out_channels: int):
        super().__init__()
        # Without bias: the normalization that follows subtracts any constant.
        self.conv = nn.Conv2d(
            in_channels,
            out_channels,
            kernel_size=3,
            padding=1,
            bias=False,
        )
        self.norm = nn.BatchNorm2d(out_channels)

    def forward(self, x: Tensor) -> Tensor:
        """Return the new channels."""
        return F.relu(self.norm(self.conv(x)))


class ResidualBlock(nn.Module):
    """Two convolutions, and a residual connection past both: the output is x + f(x).

    Shapes: (batch, channels, height, width) -> the same.
    """

    def __init__(self, channels: int):
        super().__init__()
        self.conv1 = NormalizedConvolution(channels, channels)
        self.conv2 = NormalizedConvolution(channels, channels)

    def forward(self, x: Tensor) -> Tensor:
        """Return the input plus what the two convolutions compute from it."""
        change = self.conv2(self.conv1(x))
        return x + change
