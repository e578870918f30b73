"""A generator and a discriminator of images, trained against each other."""

import torch.nn.functional as F
from torch import Tensor, nn


class GAN(nn.Module):
    """A deep convolutional generative adversarial network (DCGAN) for small images.

    It holds two networks that share no weights, `generator` and `discriminator`, each with an
    optimizer of its own. Square images with sides from 8 to 32 pixels, of any number of channels.

    Shapes: codes (batch, code_features) -> logits (batch, 1) of generated images. For images
        (1, 8, 8) the generator has 41,665 parameters and the discriminator 33,633.
    Source: Radford, Metz, Chintala (2016), Unsupervised representation learning with deep
        convolutional generative adversarial networks; without batch normalization in the
        discriminator, so that it judges each image by itself.
    """

    smallest_image = 8  # side in pixels
    largest_image = 32

    def __init__(
        self,
        in_channels: int = 1,
        side: int = 8,
        code_features: int = 32,
        hidden_channels: int = 32,
    ):
        super().__init__()
        if not self.smallest_image <= side <= self.largest_image:
            raise ValueError(f"side must be from 8 to 32 pixels, got {side}")
        self.generator = Generator(
            in_channels,
            side,
            code_features,
            hidden_channels,
        )
        self.discriminator = Discriminator(in_channels, side, hidden_channels)

    def forward(self, codes: Tensor) -> Tensor:
        """Return the discriminator's logit (batch, 1) of the image that is made from each code."""
        images = self.generator(codes)  # (batch, in_channels, side, side)
        return self.discriminator(images)  # (batch, 1)


class Generator(nn.Module):
    """Turn a code, a row of random numbers, into an image with pixels from 0 to 1.

    Shapes: codes (batch, code_features) -> images (batch, out_channels, side, side).
    """

    def __init__(
        self,
        out_channels: int,
        side: int,
        code_features: int,
        hidden_channels: int,
    ):
        super().__init__()
        self.side = side
        self.code_features = code_features
        # A quarter of the side, rounded up: two layers double it, and what is over is cut off.
        self.start_side = (side + 3) // 4
        self.hidden_channels = hidden_channels
        start_features = 2 * hidden_channels * self.start_side**2
        self.start = nn.Linear(code_features, start_features, bias=False)
        self.norm1 = nn.BatchNorm2d(2 * hidden_channels)
        # A kernel of 4 with stride 2: every pixel of the output is reached by as many weights.
        self.up1 = nn.ConvTranspose2d(
            2 * hidden_channels,
            hidden_channels,
            kernel_size=4,
            stride=2,
            padding=1,
            bias=False,
        )
        self.norm2 = nn.BatchNorm2d(hidden_channels)
        self.up2 = nn.ConvTranspose2d(
            hidden_channels,
            out_channels,
            kernel_size=4,
            stride=2,
            padding=1,
        )

    def forward(self, codes: Tensor) -> Tensor:
        """Return an image for each code."""
        x = self.start(codes)  # (batch, 2 * hidden_channels * start_side * start_side)
        start_shape = (2 * self.hidden_channels, self.start_side, self.start_side)
        x = x.unflatten(1, start_shape)  # (batch, 2 * hidden_channels, start_side, start_side)
        x = F.relu(self.norm1(x))
        x = self.up1(x)  # (batch, hidden_channels, 2 * start_side, 2 * start_side)
        x = F.relu(self.norm2(x))
        x = self.up2(x)  # (batch, out_channels, 4 * start_side, 4 * start_side)
        x = x[..., : self.side, : self.side]  # (batch, out_channels, side, side)
        return x.sigmoid()


class Discriminator(nn.Module):
    """Judge images: a logit above 0 means real, below 0 generated.

    Shapes: images (batch, in_channels, side, side) -> logits (batch, 1).
    """

    def __init__(self, in_channels: int, side: int, hidden_channels: int):
        super().__init__()
        self.down1 = nn.Conv2d(
            in_channels,
            hidden_channels,
            kernel_size=4,
            stride=2,
            padding=1,
        )
        self.down2 = nn.Conv2d(
            hidden_channels,
            2 * hidden_channels,
            kernel_size=4,
            stride=2,
            padding=1,
        )
        end_side = side // 4  # each convolution halves the side, rounded down
        self.output = nn.Linear(2 * hidden_channels * end_side**2, 1)

    def forward(self, images: Tensor) -> Tensor:
        """Return a logit for each image."""
        x = self.down1(images)  # (batch, hidden_channels, side / 2, side / 2)
        x = F.leaky_relu(x, 0.2)
        x = self.down2(x)  # (batch, 2 * hidden_channels, side / 4, side / 4)
        x = F.leaky_relu(x, 0.2)
        x = x.flatten(start_dim=1)  # (batch, 2 * hidden_channels * side / 4 * side / 4)
        return self.output(x)  # (batch, 1)
