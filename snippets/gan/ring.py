"""Two GANs on a ring of eight places; only the momentum differs."""

import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F
from torch import nn

angles = torch.arange(8).double() * torch.pi / 4
places = 2 * torch.stack([torch.cos(angles), torch.sin(angles)], dim=1)
batch_size = 128
steps_shown = (100, 300, 1000)


def make_network(out_features):
    """Return a network with two inputs and two hidden layers."""
    first = nn.Linear(2, 64)
    second = nn.Linear(64, 64)
    output = nn.Linear(64, out_features)
    layers = [first, nn.ReLU(), second, nn.ReLU(), output]
    return nn.Sequential(*layers).double()


def is_real_loss(logits):
    """Return the mean of -log D."""
    ones = torch.ones_like(logits)
    return F.binary_cross_entropy_with_logits(logits, ones)


def is_generated_loss(logits):
    """Return the mean of -log(1 - D)."""
    return is_real_loss(-logits)  # 1 - sigmoid(z) is sigmoid(-z)


def train(momentum, seed):
    """Return the generator's last loss, and 500 points of three steps."""
    torch.manual_seed(seed)
    generator = make_network(2)  # two random numbers become a point
    discriminator = make_network(1)  # a point becomes a logit
    betas = (momentum, 0.99)
    g_optimizer = torch.optim.Adam(generator.parameters(), betas=betas)
    d_optimizer = torch.optim.Adam(discriminator.parameters(), betas=betas)
    test_codes = torch.randn(500, 2).double()
    snapshots = []
    for step in range(1, 1001):
        rate = 0.003 * (1 - step / 1000)  # it falls to 0 in a line
        for optimizer in (g_optimizer, d_optimizer):
            optimizer.param_groups[0]["lr"] = rate

        numbers = torch.randint(8, (batch_size,))
        real = places[numbers] + 0.05 * torch.randn(batch_size, 2)
        codes = torch.randn(batch_size, 2).double()
        generated = generator(codes)

        # The discriminator's step; detach keeps the generator out of it
        real_logits = discriminator(real)
        logits = discriminator(generated.detach())
        loss = is_real_loss(real_logits) + is_generated_loss(logits)
        d_optimizer.zero_grad()
        loss.backward()
        d_optimizer.step()

        # The generator's step: the same points, judged once more
        logits = discriminator(generated)
        loss = is_real_loss(logits)
        g_optimizer.zero_grad()
        loss.backward()
        g_optimizer.step()

        if step in steps_shown:
            points = generator(test_codes)
            snapshots.append(points.detach())
    return loss.item(), snapshots


def count_covered(points):
    """Count the places with at least 2% of the points within 0.3."""
    is_near = torch.cdist(points, places) < 0.3  # (points, 8)
    shares = is_near.double().mean(dim=0)
    return int((shares >= 0.02).sum())


size = (4.9, 3.5)  # inches
figure, panels = plt.subplots(
    2,
    3,
    figsize=size,
    sharex=True,
    sharey=True,
)
coverage = {}
print("places covered after 100, 300, 1000 steps; generator's last loss")
for row, momentum in zip(panels, (0.0, 0.9), strict=True):
    loss, snapshots = train(momentum, seed=0)
    coverage[momentum] = [count_covered(points) for points in snapshots]
    counts = [f"{count:3}" for count in coverage[momentum]]
    print(f"momentum {momentum}", *counts, f"{loss:9.2f}")
    row[0].set_ylabel(f"momentum {momentum}")
    for axes, points, step in zip(
        row,
        snapshots,
        steps_shown,
        strict=True,
    ):
        axes.plot(
            *places.T,
            "C1o",
            markersize=10,
            fillstyle="none",
        )
        axes.plot(*points[:150].T, "C0.", markersize=3)
        axes.set_title(f"step {step}", fontsize=10)
        axes.set_xlim(-3, 3)
        axes.set_ylim(-3, 3)
plt.show()
