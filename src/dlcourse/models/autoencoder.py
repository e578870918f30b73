"""An autoencoder: a network that reconstructs its input from a code of a few numbers."""

import torch.nn.functional as F
from torch import Tensor, nn


class Autoencoder(nn.Module):
    """An encoder and a decoder with one hidden layer each, and the code between them.

    Shapes: images (batch, channels, height, width) with channels * height * width = in_features
        -> reconstructions of the same shape, from 0 to 1. 784-256-8-256-784 has 406,808 parameters.
    Raises: ValueError when an image has another number of values.
    Source: Hinton, Salakhutdinov (2006), Reducing the dimensionality of data with neural networks,
        with ReLU in place of the sigmoid, and without their pretraining.
    """

    smallest_image = 1  # side in pixels

    def __init__(
        self,
        in_features: int = 784,
        hidden_features: int = 256,
        code_features: int = 8,
    ):
        super().__init__()
        self.in_features = in_features
        self.encoder_hidden = nn.Linear(in_features, hidden_features)
        self.encoder_output = nn.Linear(hidden_features, code_features)
        self.decoder_hidden = nn.Linear(code_features, hidden_features)
        self.decoder_output = nn.Linear(hidden_features, in_features)

    def forward(self, images: Tensor) -> Tensor:
        """Return the reconstruction of each image."""
        codes = self.encode(images)  # (batch, code_features)
        pixels = self.decode(codes)  # (batch, in_features)
        return pixels.reshape(images.shape)  # (batch, channels, height, width)

    def encode(self, images: Tensor) -> Tensor:
        """Return the code of each image."""
        x = images.flatten(start_dim=1)  # (batch, in_features)
        if x.shape[1] != self.in_features:
            given = f"{x.shape[1]} (shape {tuple(images.shape)})"
            raise ValueError(f"images must have {self.in_features} values each, got {given}")
        x = F.relu(self.encoder_hidden(x))  # (batch, hidden_features)
        return self.encoder_output(x)  # (batch, code_features), any numbers

    def decode(self, codes: Tensor) -> Tensor:
        """Return the pixels that belong to each code, in one row."""
        x = F.relu(self.decoder_hidden(codes))  # (batch, hidden_features)
        return self.decoder_output(x).sigmoid()  # (batch, in_features), from 0 to 1
