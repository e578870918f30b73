"""The smallest network with a hidden layer: an image is a row of numbers, without neighbors."""

import torch.nn.functional as F
from torch import Tensor, nn


class MLP(nn.Module):
    """A multilayer perceptron with one hidden layer.

    Shapes: images (batch, channels, height, width) with channels * height * width = in_features
        -> logits (batch, num_classes). There is no softmax, because cross_entropy takes logits.
        784-128-10 has 128 * 784 + 128 + 10 * 128 + 10 = 101,770 parameters.
    Raises: ValueError when an image has another number of values.
    Source: Rumelhart, Hinton, Williams (1986), with ReLU in place of the sigmoid.
    """

    smallest_image = 1  # side in pixels

    def __init__(self, in_features: int = 784, hidden_features: int = 128, num_classes: int = 10):
        super().__init__()
        self.hidden = nn.Linear(in_features, hidden_features)
        self.output = nn.Linear(hidden_features, num_classes)

    def forward(self, images: Tensor) -> Tensor:
        """Return one row of logits for each image."""
        x = images.flatten(start_dim=1)  # (batch, in_features)
        in_features = self.hidden.in_features
        if x.shape[1] != in_features:
            needed = f"{in_features} values each, one per input"
            given = f"{x.shape[1]} (shape {tuple(images.shape)})"
            raise ValueError(f"images must have {needed}, got {given}")
        x = F.relu(self.hidden(x))  # (batch, hidden_features)
        return self.output(x)  # (batch, num_classes)
