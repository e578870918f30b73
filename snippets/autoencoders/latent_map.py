"""Codes of two numbers for the test images, by two kinds of training."""

import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F

from dlcourse.data.digits import load_digits
from dlcourse.models.autoencoder import Autoencoder
from dlcourse.models.vae import VAE

digits = load_digits()
x = digits.train.images.flatten(1).float() / 16
test_x = digits.test.images.flatten(1).float() / 16


def train(network, find_loss):
    """Train for 40 epochs."""
    optimizer = torch.optim.Adam(network.parameters(), lr=0.01)
    for _ in range(40):
        for batch in torch.randperm(len(x)).split(128):
            loss = find_loss(x[batch])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()


def vae_loss(pixels):
    """Return error plus divergence, in nats an image."""
    mean, log_variance = vae.encode(pixels)
    logits = vae.decode(vae.draw_codes(mean, log_variance))
    error = F.binary_cross_entropy_with_logits(logits, pixels, reduction="sum")
    variance = log_variance.exp()
    divergences = (mean.square() + variance - 1 - log_variance) / 2
    return (error + divergences.sum()) / len(pixels)


torch.manual_seed(0)
autoencoder = Autoencoder(64, hidden_features=128, code_features=2)
train(autoencoder, lambda pixels: F.mse_loss(autoencoder(pixels), pixels))
vae = VAE(64, hidden_features=128, code_features=2)
train(vae, vae_loss)

with torch.no_grad():
    mean, _ = vae.encode(test_x)
    maps = {"autoencoder": autoencoder.encode(test_x), "VAE": mean}
figure, panels = plt.subplots(1, 2, figsize=(7, 3.6))
for panel, (name, codes) in zip(panels, maps.items(), strict=True):
    for digit in range(10):
        points = codes[digits.test.labels == digit]
        marker = f"${digit}$"  # the digit itself
        panel.scatter(
            points[:, 0],
            points[:, 1],
            s=16,
            marker=marker,
        )
    panel.set_title(name)
    panel.set_xlabel("first number of the code")
panels[0].set_ylabel("second number of the code")
plt.show()
