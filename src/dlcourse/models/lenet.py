"""LeNet-5, a network that read checks in banks, as it is written today."""

import torch.nn.functional as F
from torch import Tensor, nn


class LeNet(nn.Module):
    """LeNet-5 with ReLU, max pooling and a plain linear output.

    Shapes: images (batch, in_channels, 28, 28) -> logits (batch, num_classes). The padding of 2
        makes them the 32 x 32 of the paper. 61,706 parameters: 156 + 2,416 + 48,120 + 10,164 + 850.
    Raises: ValueError when images have another shape.
    Source: LeCun, Bottou, Bengio, Haffner (1998), Gradient-based learning applied to document
        recognition. Not as in the paper: ReLU for the scaled tanh, max pooling for trained
        subsampling, each map of the second convolution sees all six of the first, and a linear
        layer for the radial basis functions.
    """

    # Side in pixels: the first linear layer is made for it.
    smallest_image = 28
    largest_image = 28

    def __init__(self, in_channels: int = 1, num_classes: int = 10):
        super().__init__()
        self.conv1 = nn.Conv2d(in_channels, 6, kernel_size=5, padding=2)
        self.conv2 = nn.Conv2d(6, 16, kernel_size=5)
        self.linear1 = nn.Linear(16 * 5 * 5, 120)
        self.linear2 = nn.Linear(120, 84)
        self.output = nn.Linear(84, num_classes)

    def forward(self, images: Tensor) -> Tensor:
        """Return one row of logits for each image."""
        in_channels = self.conv1.in_channels
        if images.shape[1:] != (in_channels, 28, 28):
            needed = f"(batch, {in_channels}, 28, 28)"
            raise ValueError(f"images must have shape {needed}, got {tuple(images.shape)}")
        x = F.relu(self.conv1(images))  # (batch, 6, 28, 28)
        x = F.max_pool2d(x, 2)  # (batch, 6, 14, 14)
        x = F.relu(self.conv2(x))  # (batch, 16, 10, 10)
        x = F.max_pool2d(x, 2)  # (batch, 16, 5, 5)
        x = x.flatten(start_dim=1)  # (batch, 400)
        x = F.relu(self.linear1(x))  # (batch, 120)
        x = F.relu(self.linear2(x))  # (batch, 84)
        return self.output(x)  # (batch, num_classes)
