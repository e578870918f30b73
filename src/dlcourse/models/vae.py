"""A variational autoencoder: its code is random, so that the decoder can generate images."""

import torch
import torch.nn.functional as F
from torch import Tensor, nn


class VAE(nn.Module):
    """An encoder of normal distributions of codes, and a decoder, with one hidden layer each.

    Shapes: images (batch, channels, height, width) with channels * height * width = in_features
        -> reconstructions of the same shape, from 0 to 1, from the mean code of each image. The
        encoder has two outputs for each number of the code: its mean, and the logarithm of its
        variance. 784-256-8-256-784 has 408,864 parameters.
    Raises: ValueError when an image has another number of values.
    Source: Kingma, Welling (2014), Auto-encoding variational Bayes, with ReLU in place of tanh.
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
        self.code_features = code_features
        self.encoder_hidden = nn.Linear(in_features, hidden_features)
        self.encoder_output = nn.Linear(hidden_features, 2 * code_features)
        self.decoder_hidden = nn.Linear(code_features, hidden_features)
        self.decoder_output = nn.Linear(hidden_features, in_features)

    def forward(self, images: Tensor) -> Tensor:
        """Return the reconstruction of each image from its mean code."""
        mean, _ = self.encode(images)  # (batch, code_features)
        pixels = self.decode(mean).sigmoid()  # (batch, in_features)
        return pixels.reshape(images.shape)  # (batch, channels, height, width)

    def encode(self, images: Tensor) -> tuple[Tensor, Tensor]:
        """Return the mean and the logarithm of the variance of each image's code."""
        x = images.flatten(start_dim=1)  # (batch, in_features)
        if x.shape[1] != self.in_features:
            given = f"{x.shape[1]} (shape {tuple(images.shape)})"
            raise ValueError(f"images must have {self.in_features} values each, got {given}")
        x = F.relu(self.encoder_hidden(x))  # (batch, hidden_features)
        x = self.encoder_output(x)  # (batch, 2 * code_features)
        mean, log_variance = x.chunk(2, dim=1)  # (batch, code_features) each
        return mean, log_variance

    def draw_codes(self, mean: Tensor, log_variance: Tensor) -> Tensor:
        """Return a random code (batch, code_features) from the distribution of each image."""
        standard_deviation = (log_variance / 2).exp()
        return mean + standard_deviation * torch.randn_like(mean)

    def decode(self, codes: Tensor) -> Tensor:
        """Return a logit for each pixel (batch, in_features): its sigmoid is the pixel."""
        x = F.relu(self.decoder_hidden(codes))  # (batch, hidden_features)
        return self.decoder_output(x)  # (batch, in_features)
