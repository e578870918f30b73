"""A network that predicts the noise in an image, for a diffusion model."""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

LEVEL_FEATURES = 32  # sines and cosines that describe the noise level


class Diffusion(nn.Module):
    """A small U-Net: it halves the image twice, doubles it twice, and keeps what was fine.

    Shapes: noisy images (batch, in_channels, height, width), both sides from 8 to 32, and their
        noise levels (batch,), from 0 for the image alone to 1 for noise alone
        -> the predicted noise, in the shape of the images. 113,297 parameters for one channel, at
        every size. Without levels the images are taken for noise alone.
    Raises: ValueError when images have another number of channels, or a side is too small.
    Source: Ronneberger, Fischer, Brox (2015) for the shape of a U; Ho, Jain, Abbeel (2020) for its
        use as a denoiser; Vaswani and others (2017) for sines and cosines of a position.
    """

    smallest_image = 8  # side in pixels
    largest_image = 32

    def __init__(self, in_channels: int = 1, channels: int = 16):
        super().__init__()
        wide = 2 * channels
        embedded = 4 * channels
        self.level1 = nn.Linear(LEVEL_FEATURES, embedded)
        self.level2 = nn.Linear(embedded, embedded)
        self.input = nn.Conv2d(in_channels, channels, kernel_size=3, padding=1)
        self.block1 = Block(channels, channels, embedded)
        self.halve1 = nn.Conv2d(
            channels,
            wide,
            kernel_size=3,
            stride=2,
            padding=1,
        )
        self.block2 = Block(wide, wide, embedded)
        self.halve2 = nn.Conv2d(wide, wide, kernel_size=3, stride=2, padding=1)
        self.block3 = Block(wide, wide, embedded)
        self.block4 = Block(wide + wide, wide, embedded)
        self.block5 = Block(wide + channels, channels, embedded)
        self.norm = nn.GroupNorm(1, channels)
        self.output = nn.Conv2d(
            channels,
            in_channels,
            kernel_size=3,
            padding=1,
        )

    def forward(self, images: Tensor, levels: Tensor | None = None) -> Tensor:
        """Return the noise that the images are predicted to contain."""
        self._check(images)
        if levels is None:
            levels = images.new_ones(len(images))
        level = F.silu(self.level1(describe_levels(levels)))  # (batch, 4 * channels)
        level = F.silu(self.level2(level))

        fine = self.block1(self.input(images), level)  # (batch, channels, height, width)
        half = self.block2(self.halve1(fine), level)  # (batch, 2 * channels, height / 2, ...)
        x = self.block3(self.halve2(half), level)  # (batch, 2 * channels, height / 4, ...)

        x = F.interpolate(x, size=half.shape[2:])  # (batch, 2 * channels, height / 2, ...)
        x = torch.cat([x, half], dim=1)  # (batch, 4 * channels, height / 2, ...)
        x = self.block4(x, level)  # (batch, 2 * channels, height / 2, ...)

        x = F.interpolate(x, size=fine.shape[2:])  # (batch, 2 * channels, height, width)
        x = torch.cat([x, fine], dim=1)  # (batch, 3 * channels, height, width)
        x = self.block5(x, level)  # (batch, channels, height, width)
        return self.output(F.silu(self.norm(x)))  # (batch, in_channels, height, width)

    def _check(self, images: Tensor) -> None:
        in_channels = self.input.in_channels
        has_shape = images.dim() == 4 and images.shape[1] == in_channels
        if not has_shape or min(images.shape[2:]) < self.smallest_image:
            needed = f"(batch, {in_channels}, height, width)"
            sides = f"sides of at least {self.smallest_image}"
            given = tuple(images.shape)
            raise ValueError(f"images must have shape {needed} with {sides}, got {given}")


class Block(nn.Module):
    """Two convolutions with the noise level added between them, and a way around both.

    Shapes: x (batch, in_channels, height, width) and level (batch, level_features)
        -> (batch, out_channels, height, width).
    """

    def __init__(
        self,
        in_channels: int,
        out_channels: int,
        level_features: int,
    ):
        super().__init__()
        # One group: over all values of an image, and so the same whatever else is in the batch.
        self.norm1 = nn.GroupNorm(1, in_channels)
        self.conv1 = nn.Conv2d(
            in_channels,
            out_channels,
            kernel_size=3,
            padding=1,
        )
        self.level = nn.Linear(level_features, out_channels)
        self.norm2 = nn.GroupNorm(1, out_channels)
        self.conv2 = nn.Conv2d(
            out_channels,
            out_channels,
            kernel_size=3,
            padding=1,
        )
        self.around = nn.Conv2d(in_channels, out_channels, kernel_size=1)

    def forward(self, x: Tensor, level: Tensor) -> Tensor:
        """Return the features, changed in a way that depends on the noise level."""
        h = self.conv1(F.silu(self.norm1(x)))  # (batch, out_channels, height, width)
        added = self.level(level)  # (batch, out_channels)
        h = h + added[:, :, None, None]  # the same at every place of the image
        h = self.conv2(F.silu(self.norm2(h)))
        return self.around(x) + h


def describe_levels(levels: Tensor) -> Tensor:
    """Return sines and cosines (batch, LEVEL_FEATURES) of levels (batch,) from 0 to 1.

    The slowest ones make half a turn from 0 to 1, the fastest 64 half turns: levels far apart
    and levels that are close together differ in some of them.
    """
    num_frequencies = LEVEL_FEATURES // 2
    powers = torch.linspace(
        0,
        6,
        num_frequencies,
        dtype=levels.dtype,
        device=levels.device,
    )
    angles = torch.pi * levels[:, None] * 2**powers  # (batch, num_frequencies)
    return torch.cat([angles.sin(), angles.cos()], dim=1)
