"""Codes of two numbers for test images, while two kinds of networks train."""

import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F

from dlcourse.data.digits import load_digits
from dlcourse.models.autoencoder import Autoencoder
from dlcourse.models.vae import VAE

digits = load_digits()
# 64-bit: the same result on every processor
x = digits.train.images.flatten(1).double() / 16
test_x = digits.test.images.flatten(1).double() / 16
labels = digits.test.labels
epochs_shown = (0, 1, 2, 4, 8, 16, 40)


def train(network, find_loss, find_codes):
    """Return the codes of the test images after each epoch shown."""
    maps = []
    network.double()
    for layer in network.children():
        layer.reset_parameters()  # new random weights, of 64 bits
    optimizer = torch.optim.Adam(network.parameters(), lr=0.01)
    for epoch in range(41):
        if epoch in epochs_shown:
            maps.append(find_codes(test_x).detach())
        for batch in torch.randperm(len(x)).split(128):
            loss = find_loss(x[batch])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    return maps


def vae_loss(pixels):
    """Return error plus divergence, in nats an image."""
    mean, log_variance = vae.encode(pixels)
    logits = vae.decode(vae.draw_codes(mean, log_variance))
    error = F.binary_cross_entropy_with_logits(logits, pixels, reduction="sum")
    variance = log_variance.exp()
    divergences = (mean.square() + variance - 1 - log_variance) / 2
    return (error + divergences.sum()) / len(pixels)


def find_share(codes):
    """Return how often the nearest other code is of the same digit."""
    distances = torch.cdist(codes, codes).fill_diagonal_(torch.inf)
    nearest = distances.argmin(dim=1)
    return (labels[nearest] == labels).float().mean().item()


def limits(codes, axis):
    """Return the ends of an axis that has the codes of all epochs."""
    values = torch.stack(codes)[:, :, axis]
    return 1.1 * values.min().item(), 1.1 * values.max().item()


torch.manual_seed(0)
autoencoder = Autoencoder(64, hidden_features=128, code_features=2)
vae = VAE(64, hidden_features=128, code_features=2)
maps = {
    "autoencoder": train(
        autoencoder,
        lambda pixels: F.mse_loss(autoencoder(pixels), pixels),
        autoencoder.encode,
    ),
    "VAE": train(vae, vae_loss, lambda pixels: vae.encode(pixels)[0]),
}
shares = {name: [] for name in maps}
for number, epoch in enumerate(epochs_shown):
    _, panels = plt.subplots(1, 2, figsize=(3.6, 2.3))
    for panel, (name, codes) in zip(panels, maps.items(), strict=True):
        shares[name].append(find_share(codes[number]))
        for digit in range(10):
            points = codes[number][labels == digit][:16]
            marker = f"${digit}$"  # the digit itself
            panel.scatter(
                points[:, 0],
                points[:, 1],
                s=16,
                marker=marker,
                linewidths=0,
            )
        panel.set(xlim=limits(codes, 0), ylim=limits(codes, 1))
        panel.tick_params(labelsize=8)
        panel.set_title(name, fontsize=10)
    same = [f"{share[-1]:.0%}" for share in shares.values()]
    print(f"epoch {epoch}: the nearest code is of the same digit for", end=" ")
    print(f"{same[0]} (autoencoder) and {same[1]} (VAE)")
plt.show()
