"""airbench94's recipe for CIFAR-10 on one GPU, in a loop of its own.

cifar10.py compares it with dlcourse. Taken from airbench94: the network and its initial weights,
the whitening, shifted and alternately mirrored images, Muon, all learning rates, label smoothing
and float16. Not taken: torch.compile's mode "max-autotune". The images are normalized in the
network here, and once beforehand there.

Source: Jordan (2024), 94% on CIFAR-10 in 3.29 seconds on a single GPU, with the settings of his
later airbench94_muon.py, which says 94.01% (200 runs) in 2.59 s on an A100, compiled.
"""

import math
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import nn


@dataclass(frozen=True)
class Settings:
    """What all contenders have in common; the defaults are the recipe's."""

    epochs: int = 8
    batch_size: int = 2000
    width: int = 64
    is_compiled: bool = False


# The network


def convolution(in_channels, out_channels):
    """A convolution whose first filters pass their input channels on unchanged."""
    layer = nn.Conv2d(in_channels, out_channels, kernel_size=3, padding=1, bias=False)
    nn.init.dirac_(layer.weight.data[:in_channels])
    return layer


def normalization(channels):
    """A batch normalization without scale, which soon forgets the statistics of earlier batches."""
    layer = nn.BatchNorm2d(channels, eps=1e-12, momentum=0.4)
    layer.weight.requires_grad_(False)
    return layer


def block(in_channels, out_channels):
    """Two convolutions; the pooling halves height and width."""
    return [
        convolution(in_channels, out_channels),
        nn.MaxPool2d(2),
        normalization(out_channels),
        nn.GELU(),
        convolution(out_channels, out_channels),
        normalization(out_channels),
        nn.GELU(),
    ]


class Network(nn.Module):
    """A fixed convolution that whitens, three blocks, and the largest value of each channel.

    Shapes: images (batch, 3, 32, 32) from 0 to 1 -> logits (batch, 10).
    The network learns 1,971,352 weights.
    """

    def __init__(self, width=64):
        super().__init__()
        # Mean and standard deviation of each color over CIFAR-10's training images
        mean = torch.tensor([0.4914, 0.4822, 0.4465])
        deviation = torch.tensor([0.2470, 0.2435, 0.2616])
        self.register_buffer("mean", mean.view(3, 1, 1))
        self.register_buffer("deviation", deviation.view(3, 1, 1))

        self.whiten = nn.Conv2d(3, 24, kernel_size=2)
        self.whiten.weight.requires_grad_(False)
        self.blocks = nn.Sequential(
            nn.GELU(),
            *block(24, width),
            *block(width, 4 * width),
            *block(4 * width, 4 * width),
            nn.MaxPool2d(3),
            nn.Flatten(),
        )
        self.head = nn.Linear(4 * width, 10, bias=False)
        self.head.weight.data /= self.head.weight.data.std()

    def normalize(self, images):
        return (images - self.mean) / self.deviation

    def forward(self, images):
        x = self.normalize(images)  # (batch, 3, 32, 32)
        x = self.whiten(x)  # (batch, 24, 31, 31)
        x = self.blocks(x)  # (batch, 4 * width)
        num_features = x.shape[1]
        return self.head(x) / num_features  # (batch, 10)

    @torch.no_grad()
    def learn_whitening(self, images):
        """Set the first filters to the principal components of 2 x 2 patches, and their negatives.

        Over the patches each response then has a mean square of 1, and no two are correlated.
        """
        patches = F.unfold(self.normalize(images), 2)  # (N, 12, 31 * 31)
        num_places = patches.shape[2]
        moments = (patches @ patches.mT).mean(0) / num_places  # (12, 12)
        variances, directions = torch.linalg.eigh(moments)
        # The smallest directions are noise; 5e-4 keeps them from being enlarged
        deviations = (variances + 5e-4).sqrt()
        filters = directions.T / deviations[:, None]  # (12, 12)
        both_signs = torch.cat([filters, -filters])  # (24, 12)
        self.whiten.weight.copy_(both_signs.view(24, 3, 2, 2))


def make_network(train, settings, device):
    network = Network(settings.width).to(device)
    images = train.images[:5000].to(device) / 255
    network.learn_whitening(images)
    return network


# The optimizer


def orthogonalize(matrix):
    """Return a matrix with the same singular vectors, whose singular values are about 1.

    Source: Jordan (2024), Muon: three Newton-Schulz steps, which need no decomposition.
    """
    x = matrix.bfloat16()
    x = x / (x.norm() + 1e-7)
    is_tall = x.shape[0] > x.shape[1]
    if is_tall:
        x = x.T
    for _ in range(3):
        products = x @ x.T
        polynomial = torch.addmm(products, products, products, beta=-4.7750, alpha=2.0315)
        x = torch.addmm(x, polynomial, x, beta=3.4445)
    if is_tall:
        x = x.T
    return x


class Muon:
    """Muon's steps for the filters of convolutions: each step is an orthogonal matrix."""

    def __init__(self, filters, is_compiled):
        self.filters = filters
        self.averages = [torch.zeros_like(weight) for weight in filters]
        self.orthogonalize = orthogonalize
        if is_compiled:
            self.orthogonalize = torch.compile(orthogonalize)

    @torch.no_grad()
    def step(self, learning_rate):
        for weight, average in zip(self.filters, self.averages, strict=True):
            average.mul_(0.6).add_(weight.grad)
            direction = weight.grad.add(average, alpha=0.6)  # Nesterov momentum
            weight.mul_(len(weight) ** 0.5 / weight.norm())
            step = self.orthogonalize(direction.flatten(1)).view_as(weight)
            weight.add_(step, alpha=-learning_rate)
            weight.grad = None  # SGD passes over a weight without a gradient


def make_sgd_group(parameters, rate, batch_size, *, is_loss_mean, span=1.0):
    """Return an optimizer's group of weights that learn by SGD, for a share `span` of the run."""
    peak = rate
    if is_loss_mean:
        peak = rate * batch_size
    return {
        "params": parameters,
        "peak": peak,
        "span": span,
        "weight_decay": 2e-6 * batch_size / peak,
        "momentum": 0.85,
    }


def set_learning_rates(optimizer):
    """Turn each group's lr, the share of the peak that remains, into the group's learning rate."""
    for group in optimizer.param_groups:
        progress = 1 - group["lr"]
        remaining = max(0.0, 1 - progress / group["span"])
        group["lr"] = remaining * group["peak"]
        if remaining == 0:
            for weight in group["params"]:  # the backward pass then ends a layer earlier
                weight.requires_grad_(False)
                weight.grad = None


def take_recipes_steps(optimizer, network, batch_size, *, is_loss_mean, is_compiled=False):
    """Give an SGD the recipe's steps: a learning rate for each kind of weight, Muon for filters.

    Before each step the training loop sets every group's lr to the share of the peak that remains,
    from 1 towards 0, as the Trainer does with learning_rate=1. The recipe's rates are those of a
    loss that is summed over a batch; with is_loss_mean they are scaled for the mean.
    """
    learned = [weight for weight in network.blocks.parameters() if weight.requires_grad]
    filters = [weight for weight in learned if weight.dim() == 4]
    biases = [weight for weight in learned if weight.dim() == 1]

    filter_group = {"params": filters, "peak": 0.24, "span": 1.0}
    whitening_group = make_sgd_group(
        [network.whiten.bias],
        0.053,
        batch_size,
        is_loss_mean=is_loss_mean,
        span=3 / 8,  # the whitening's bias learns for three epochs of eight
    )
    bias_group = make_sgd_group(biases, 0.053, batch_size, is_loss_mean=is_loss_mean)
    head_group = make_sgd_group([network.head.weight], 0.67, batch_size, is_loss_mean=is_loss_mean)
    optimizer.param_groups.clear()
    for group in (filter_group, whitening_group, bias_group, head_group):
        optimizer.add_param_group(group)

    muon = Muon(filters, is_compiled)

    def before_step(*_):
        set_learning_rates(optimizer)
        muon.step(optimizer.param_groups[0]["lr"])

    optimizer.register_step_pre_hook(before_step)


# The loop


class AlternatingBatches:
    """The recipe's batches: all images are shifted before an epoch, and mirrored in every other.

    Two epochs show each image both ways; which way comes first is drawn once.
    """

    def __init__(self, split, batch_size, device, dtype):
        images = split.images.to(device).to(dtype) / 255
        is_mirrored = torch.rand(len(images), 1, 1, 1, device=device) < 0.5
        images = torch.where(is_mirrored, images.flip(3), images)
        self.padded = F.pad(images, (2, 2, 2, 2), mode="reflect")
        self.labels = split.labels.to(device)
        self.batch_size = batch_size
        self.side = images.shape[3]
        self.epoch = 0

    def __len__(self):
        return math.ceil(len(self.labels) / self.batch_size)

    def __iter__(self):
        images = self.shift_images()
        if self.epoch % 2 == 1:
            images = images.flip(3)
        self.epoch += 1

        order = torch.randperm(len(self.labels), device=self.labels.device)
        for chosen in order.split(self.batch_size):
            yield images[chosen], self.labels[chosen]

    def shift_images(self):
        """Cut each image from its padded one, at a place of its own."""
        count = len(self.labels)
        device = self.labels.device
        # (N, 3, 5, 5, side, side): a window for each of 5 x 5 places, without a copy
        windows = self.padded.unfold(2, self.side, 1).unfold(3, self.side, 1)
        rows, columns = torch.randint(5, (2, count), device=device)
        numbers = torch.arange(count, device=device)
        return windows[numbers, :, rows, columns]  # (N, 3, side, side)


def airbench94(train, settings, device):
    """Train by the recipe in its own loop; on a GPU weights and images are float16."""
    dtype = torch.float32
    if device.type == "cuda":
        dtype = torch.float16
    network = make_network(train, settings, device)
    network.to(dtype).to(memory_format=torch.channels_last)
    for layer in network.modules():
        if isinstance(layer, nn.BatchNorm2d):
            layer.float()
    network.train()
    if settings.is_compiled:
        network.compile()

    batches = AlternatingBatches(train, settings.batch_size, device, dtype)
    optimizer = torch.optim.SGD(
        network.parameters(), lr=1.0, momentum=0.85, nesterov=True, fused=True
    )
    take_recipes_steps(
        optimizer,
        network,
        settings.batch_size,
        is_loss_mean=False,
        is_compiled=settings.is_compiled,
    )

    step = 0
    num_steps = settings.epochs * len(batches)
    for _ in range(settings.epochs):
        for images, labels in batches:
            for group in optimizer.param_groups:
                group["lr"] = 1 - step / num_steps
            logits = network(images)
            loss = F.cross_entropy(logits, labels, label_smoothing=0.2, reduction="sum")
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            step += 1
    return network
