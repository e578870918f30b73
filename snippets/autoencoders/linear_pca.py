"""A linear autoencoder reaches the error of principal components."""

import torch
import torch.nn.functional as F
from torch import nn

from dlcourse.data.digits import load_digits

digits = load_digits()
x = digits.train.images.flatten(1).float() / 16  # (1295, 64)


def pca_error(x, code_features):
    """Return the squared error per pixel of so many components."""
    centered = x - x.mean(dim=0)
    parts = torch.linalg.svd(centered, full_matrices=False)
    directions = parts.Vh[:code_features]  # (code_features, 64)
    codes = centered @ directions.T  # (1295, code_features)
    return F.mse_loss(codes @ directions, centered).item()


def linear_error(x, code_features, seed=0, num_steps=700):
    """Train an encoder and a decoder of one linear layer each."""
    torch.manual_seed(seed)
    num_pixels = x.shape[1]
    encoder = nn.Linear(num_pixels, code_features)
    decoder = nn.Linear(code_features, num_pixels)
    network = nn.Sequential(encoder, decoder)
    for learning_rate in (0.03, 0.003):  # large steps, then small ones
        optimizer = torch.optim.Adam(network.parameters(), lr=learning_rate)
        for _ in range(num_steps):
            loss = F.mse_loss(network(x), x)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    return loss.item()


for code_features in (2, 8):
    by_training = linear_error(x, code_features)
    by_pca = pca_error(x, code_features)
    ratio = by_training / by_pca
    print(f"{code_features} numbers: PCA {by_pca:.4f}, ratio {ratio:.3f}")
    assert ratio < 1.01
