"""airbench94's recipe for CIFAR-10 on one GPU, in a loop of its own; cifar10.py puts dlcourse beside it.

Taken from it: the network and its first weights, the whitening, moved and alternately mirrored pictures,
Muon, all rates, label smoothing, float16. Not taken: torch.compile's mode "max-autotune", and the pictures
are normalised in the network, not once beforehand.
Source: Jordan (2024), 94% on CIFAR-10 in 3.29 seconds on a single GPU, with the settings of his later
airbench94_muon.py, which says 94.01 % (200 runs) in 2.59 s on an A100, compiled.
"""

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import nn


@dataclass(frozen=True)
class Settings:
    """What the contenders share; the defaults are the recipe's."""

    epochs: int = 8
    batch_size: int = 2000
    width: int = 64
    is_compiled: bool = False


# The network


def convolution(in_channels, out_channels):
    """A convolution whose first filters hand the channels on unchanged."""
    layer = nn.Conv2d(in_channels, out_channels, kernel_size=3, padding=1, bias=False)
    nn.init.dirac_(layer.weight.data[:in_channels])
    return layer


def normalization(channels):
    """A batch normalisation without scale, which soon forgets the statistics of earlier batches."""
    layer = nn.BatchNorm2d(channels, eps=1e-12, momentum=0.4)
    layer.weight.requires_grad_(False)
    return layer


def block(in_channels, out_channels):
    """Two convolutions; the pooling halves the sides."""
    yield from (convolution(in_channels, out_channels), nn.MaxPool2d(2))
    yield from (normalization(out_channels), nn.GELU())
    yield from (convolution(out_channels, out_channels), normalization(out_channels), nn.GELU())


class Network(nn.Module):
    """A fixed convolution that whitens, three blocks, and the strongest responses of each map.

    Shapes: images (batch, 3, 32, 32) from 0 to 1 -> logits (batch, 10). 1,971,352 weights learn.
    """

    def __init__(self, width=64):
        super().__init__()
        # The levels' mean and standard deviation over CIFAR-10's training pictures
        self.register_buffer("mean", torch.tensor([0.4914, 0.4822, 0.4465]).view(3, 1, 1))
        self.register_buffer("deviation", torch.tensor([0.2470, 0.2435, 0.2616]).view(3, 1, 1))
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
        x = self.whiten(self.normalize(images))  # (batch, 24, 31, 31)
        x = self.blocks(x)  # (batch, 4 * width)
        return self.head(x) / x.shape[1]  # (batch, 10)

    @torch.no_grad()
    def learn_whitening(self, images):
        """Set the first filters to the principal components of 2 x 2 patches, and to their negatives.

        Each then has a mean square of 1 over the patches, and no two go together.
        """
        patches = F.unfold(self.normalize(images), 2)  # (N, 12, 31 * 31)
        moments = (patches @ patches.mT).mean(0) / patches.shape[2]  # (12, 12)
        sizes, directions = torch.linalg.eigh(moments)
        filters = directions.T / (sizes + 5e-4).sqrt()[:, None]  # the smallest directions are noise
        self.whiten.weight.copy_(torch.cat([filters, -filters]).view(24, 3, 2, 2))


def make_network(train, settings, device):
    network = Network(settings.width).to(device)
    network.learn_whitening(train.images[:5000].to(device) / 255)
    return network


# The optimiser


def orthogonalize(matrix):
    """Return a matrix with the same singular vectors, whose singular values are about 1.

    Source: Jordan (2024), Muon: three of Newton's and Schulz's steps, which need no decomposition.
    """
    x = matrix.bfloat16()
    x = x / (x.norm() + 1e-7)
    is_tall = x.shape[0] > x.shape[1]
    x = x.T if is_tall else x
    for _ in range(3):
        products = x @ x.T
        polynomial = torch.addmm(products, products, products, beta=-4.7750, alpha=2.0315)
        x = torch.addmm(x, polynomial, x, beta=3.4445)
    return x.T if is_tall else x


def take_recipes_steps(optimizer, network, batch_size, *, is_loss_mean, is_compiled=False):
    """Make an SGD the recipe's optimiser: every kind of weight has its rate, and filters take Muon's steps.

    Before each step whoever trains sets every group's lr to the share of the peak that is left, from 1
    towards 0, as the Trainer does with learning_rate=1. The rates are those of a loss summed over a batch.
    """

    def group(parameters, rate, span=1.0):
        peak = rate * batch_size if is_loss_mean else rate
        decay = 2e-6 * batch_size / peak
        return {
            "params": parameters,
            "peak": peak,
            "span": span,
            "weight_decay": decay,
            "momentum": 0.85,
        }

    learned = [weight for weight in network.blocks.parameters() if weight.requires_grad]
    filters = [weight for weight in learned if weight.dim() == 4]
    averages = [torch.zeros_like(weight) for weight in filters]
    orthogonal = torch.compile(orthogonalize) if is_compiled else orthogonalize
    optimizer.param_groups.clear()
    optimizer.add_param_group({"params": filters, "peak": 0.24, "span": 1.0})
    # The whitening's bias learns for three epochs of eight
    optimizer.add_param_group(group([network.whiten.bias], 0.053, span=3 / 8))
    optimizer.add_param_group(group([weight for weight in learned if weight.dim() == 1], 0.053))
    optimizer.add_param_group(group([network.head.weight], 0.67))

    @torch.no_grad()
    def before_step(*_):
        for group in optimizer.param_groups:
            left = max(0.0, 1 - (1 - group["lr"]) / group["span"])
            group["lr"] = left * group["peak"]
            if left == 0:
                for weight in group["params"]:  # the way back then ends a layer earlier
                    weight.requires_grad_(False).grad = None
        for weight, average in zip(filters, averages, strict=True):
            average.mul_(0.6).add_(weight.grad)
            direction = weight.grad.add(average, alpha=0.6)  # Nesterov's
            weight.mul_(len(weight) ** 0.5 / weight.norm())
            step = orthogonal(direction.flatten(1)).view_as(weight)
            weight.add_(step, alpha=-optimizer.param_groups[0]["lr"])
            weight.grad = None  # SGD passes it over

    optimizer.register_step_pre_hook(before_step)


# The loop


class AlternatingBatches:
    """The recipe's batches: all pictures are moved before an epoch, and mirrored in every other one.

    So each picture is seen both ways in two epochs; which way comes first is drawn once.
    """

    def __init__(self, split, batch_size, device, kind):
        images = split.images.to(device).to(kind) / 255
        is_mirrored = torch.rand(len(images), 1, 1, 1, device=device) < 0.5
        self.padded = F.pad(
            torch.where(is_mirrored, images.flip(3), images), (2, 2, 2, 2), mode="reflect"
        )
        self.labels, self.batch_size = split.labels.to(device), batch_size
        self.side = images.shape[3]
        self.epoch = 0

    def __len__(self):
        return -(-len(self.labels) // self.batch_size)

    def __iter__(self):
        count, device = len(self.labels), self.labels.device
        windows = self.padded.unfold(2, self.side, 1).unfold(3, self.side, 1)
        row, column = torch.randint(5, (2, count), device=device)
        images = windows[torch.arange(count, device=device), :, row, column]
        images = images.flip(3) if self.epoch % 2 else images
        self.epoch += 1
        for chosen in torch.randperm(count, device=device).split(self.batch_size):
            yield images[chosen], self.labels[chosen]


def airbench94(train, settings, device):
    """The recipe in its own loop; weights and all else in float16 on a GPU."""
    kind = torch.float16 if device.type == "cuda" else torch.float32
    network = (
        make_network(train, settings, device).to(kind).to(memory_format=torch.channels_last).train()
    )
    for layer in network.modules():
        if isinstance(layer, nn.BatchNorm2d):
            layer.float()
    if settings.is_compiled:
        network.compile()
    batches = AlternatingBatches(train, settings.batch_size, device, kind)
    optimizer = torch.optim.SGD(
        network.parameters(), lr=1.0, momentum=0.85, nesterov=True, fused=True
    )
    options = {"is_loss_mean": False, "is_compiled": settings.is_compiled}
    take_recipes_steps(optimizer, network, settings.batch_size, **options)
    step, num_steps = 0, settings.epochs * len(batches)
    for _ in range(settings.epochs):
        for images, labels in batches:
            for group in optimizer.param_groups:
                group["lr"] = 1 - step / num_steps
            loss = F.cross_entropy(network(images), labels, label_smoothing=0.2, reduction="sum")
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            step += 1
    return network
