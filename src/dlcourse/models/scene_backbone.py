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
        # Without bias: the normalization that follows subtracts any constant.
        self.layers = nn.Sequential(
            nn.Conv2d(1, 16, kernel_size=3, padding=1, bias=False),
            nn.BatchNorm2d(16),
            nn.ReLU(),  # (batch, 16, height, width)
            nn.Conv2d(
                16,
                features,
                kernel_size=3,
                padding=1,
                stride=STRIDE,
                bias=False,
            ),
            nn.BatchNorm2d(features),
            nn.ReLU(),  # (batch, features, height / 2, width / 2), and so to the end
            nn.Conv2d(
                features,
                features,
                kernel_size=3,
                padding=1,
                bias=False,
            ),
            nn.BatchNorm2d(features),
            nn.ReLU(),
            nn.Conv2d(
                features,
                features,
                kernel_size=3,
                padding=1,
                bias=False,
            ),
            nn.BatchNorm2d(features),
            nn.ReLU(),
            nn.Conv2d(
                features,
                features,
                kernel_size=3,
                padding=1,
                bias=False,
            ),
            nn.BatchNorm2d(features),
            nn.ReLU(),
        )

    def forward(self, images: Tensor) -> Tensor:
        """Return the features of each place.

        Raises: ValueError when images have another shape.
        """
        if images.dim() != 4 or images.shape[1] != 1:
            given = tuple(images.shape)
            raise ValueError(f"images must have shape (batch, 1, height, width), got {given}")
        return self.layers(images)
