"""The hole test: a judge reads images that three decoders generate."""

import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F
from torch import nn

from dlcourse.data.digits import load_digits
from dlcourse.models.autoencoder import Autoencoder
from dlcourse.models.vae import VAE

digits = load_digits()
# 64-bit: the same result on every processor
x = digits.train.images.flatten(1).double() / 16
labels = digits.train.labels
test_x = digits.test.images.flatten(1).double() / 16


def fit(network, find_loss, num_epochs=40):
    """Train a network; find_loss gets it and the places of a batch."""
    optimizer = torch.optim.Adam(network.parameters(), lr=0.01)
    for _ in range(num_epochs):
        for batch in torch.randperm(len(x)).split(128):
            loss = find_loss(network, batch)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()


def judge_loss(network, batch):
    """Return the cross entropy of a classifier."""
    return F.cross_entropy(network(x[batch]), labels[batch])


def autoencoder_loss(network, batch):
    """Return the squared error per pixel."""
    return F.mse_loss(network(x[batch]), x[batch])


def vae_loss(network, batch, reduction="sum"):
    """Return the loss of the page, with the sum or mean over pixels."""
    mean, log_variance = network.encode(x[batch])
    logits = network.decode(network.draw_codes(mean, log_variance))
    error = F.binary_cross_entropy_with_logits(
        logits,
        x[batch],
        reduction=reduction,
    )
    if reduction == "sum":
        error = error / len(batch)
    variance = log_variance.exp()
    divergences = (mean.square() + variance - 1 - log_variance) / 2
    return error + divergences.sum(dim=1).mean()


def collapsed_loss(network, batch):
    """Return the same loss with the mean over pixels."""
    return vae_loss(network, batch, reduction="mean")


def draw_from_autoencoder(network, count=500):
    """Decode random codes with the mean and spread of the real ones."""
    codes = network.encode(x)
    random = torch.randn(count, codes.shape[1], dtype=x.dtype)
    return network.decode(codes.mean(dim=0) + codes.std(dim=0) * random)


def draw_from_vae(network, count=500):
    """Decode codes from the standard normal distribution."""
    random = torch.randn(count, network.code_features, dtype=x.dtype)
    return network.decode(random).sigmoid()


def train_judge(seed=0):
    """Return a classifier of real digits."""
    torch.manual_seed(seed)
    hidden = nn.Linear(64, 128, dtype=x.dtype)
    output = nn.Linear(128, 10, dtype=x.dtype)
    judge = nn.Sequential(hidden, nn.ReLU(), output)
    fit(judge, judge_loss)
    return judge


def read(judge, images):
    """Return the readable share, the kinds, and the distance to x."""
    with torch.no_grad():
        probabilities = judge(images).softmax(dim=1)  # (count, 10)
        is_readable = probabilities.amax(dim=1) >= 0.9
        answers = probabilities.argmax(dim=1)
        num_kinds = len(answers[is_readable].unique())
        nearest, _ = torch.cdist(images, x).min(dim=1)  # (count,) each
    share = is_readable.float().mean().item()
    return share, num_kinds, nearest.mean().item()


def generate(kind, code_features, seed=0):
    """Train one of KINDS and return the images that it generates."""
    network_class, find_loss, draw = KINDS[kind]
    torch.manual_seed(seed)
    network = network_class(64, 128, code_features).double()
    for layer in network.children():
        layer.reset_parameters()  # new random weights, of 64 bits
    fit(network, find_loss)
    with torch.no_grad():
        return draw(network)


KINDS = {
    "autoencoder": (Autoencoder, autoencoder_loss, draw_from_autoencoder),
    "VAE": (VAE, vae_loss, draw_from_vae),
    "collapsed VAE": (VAE, collapsed_loss, draw_from_vae),
}


def row(name, result):
    """Return a line of the table."""
    share, num_kinds, distance = result
    return f"{name:19}{share:9.0%}{num_kinds:7}{distance:10.2f}"


judge = train_judge()
print("images from         readable  kinds  distance")
print(row("the test split", read(judge, test_x)))
for code_features in (2, 16):
    print(f"codes of {code_features} numbers")
    generated = {}
    for kind in KINDS:
        generated[kind] = generate(kind, code_features)
        print(row(kind, read(judge, generated[kind])))

figure, panels = plt.subplots(3, 10, figsize=(7, 2.3))
for line, (kind, images) in zip(panels, generated.items(), strict=True):
    for panel, pixels in zip(line, images[:10], strict=True):
        panel.imshow(
            pixels.view(8, 8),
            cmap="gray",
            vmin=0,
            vmax=1,
        )
        panel.set_xticks([])
        panel.set_yticks([])
    line[0].set_ylabel(kind, rotation=0, ha="right", va="center")
plt.show()
