"""The backbone of the scene networks: convolutions that describe each place of an image."""

from torch import Tensor, nn

STRIDE = 2  # pixels of the image from a place of the features to the next one


class SceneBackbone(nn.Module):
    """Five convolutions with batch normalization; the second one halves the image's sides.

    It has no pooling over the whole image and no linear layer, so its features still say where
    something is: those at row r and column c describe the 17 x 17 pixels around row 2r, column 2c.
    The networks that use it add a 1 x 1 convolution, their head, which reads them at each place.

    Shapes: images (batch, 1, height, width) -> features (batch, features, height / 2, width / 2),
        rounded up. 32,688 parameters with 32 features.
    """

    def __init__(self, features: int = 32):
        super().__init__()
        self.layers = nn.Sequential(
            *convolve(1, 16),  # (batch, 16, height, width)
            *convolve(16, features, STRIDE),  # (batch, features, height / 2, width / 2)
            *convolve(features, features),
            *convolve(features, features),
            *convolve(features, features),
        )

    def forward(self, images: Tensor) -> Tensor:
        """Return the features of each place.

        Raises: ValueError when images have another shape.
        """
        if images.dim() != 4 or images.shape[1] != 1:
            given = tuple(images.shape)
            raise ValueError(f"images must have shape (batch, 1, height, width), got {given}")
        return self.layers(images)


def convolve(in_channels: int, out_channels: int, stride: int = 1) -> list[nn.Module]:
    """Return a convolution of 3 x 3 pixels, its normalization and its activation."""
    convolution = nn.Conv2d(
        in_channels,
        out_channels,
        kernel_size=3,
        padding=1,
        stride=stride,
        bias=False,  # the normalization that follows subtracts any constant
    )
    return [convolution, nn.BatchNorm2d(out_channels), nn.ReLU()]
