"""Two GANs on a ring of eight places; only the momentum differs."""

import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F
from torch import nn

angles = torch.arange(8).double() * torch.pi / 4
places = 2 * torch.stack([torch.cos(angles), torch.sin(angles)], dim=1)
batch_size = 128
steps_shown = (1, 50, 100, 150, 200, 300, 400, 600)


def make_network(out_features):
    """Return a network with two inputs and two hidden layers."""
    # 64-bit: the same result on every processor
    first = nn.Linear(2, 64, dtype=torch.float64)
    second = nn.Linear(64, 64, dtype=torch.float64)
    output = nn.Linear(64, out_features, dtype=torch.float64)
    return nn.Sequential(first, nn.ReLU(), second, nn.ReLU(), output)


def is_real_loss(logits):
    """Return the mean of -log D."""
    ones = torch.ones_like(logits)
    return F.binary_cross_entropy_with_logits(logits, ones)


def is_generated_loss(logits):
    """Return the mean of -log(1 - D)."""
    return is_real_loss(-logits)  # 1 - sigmoid(z) is sigmoid(-z)


def train(momentum, seed):
    """Return the generator's last loss, and 500 points of each step shown."""
    torch.manual_seed(seed)
    generator = make_network(2)  # two random numbers become a point
    discriminator = make_network(1)  # a point becomes a logit
    betas = (momentum, 0.99)
    g_optimizer = torch.optim.Adam(generator.parameters(), betas=betas)
    d_optimizer = torch.optim.Adam(discriminator.parameters(), betas=betas)
    test_codes = torch.randn(500, 2, dtype=torch.float64)
    snapshots = []
    for step in range(1, 601):
        rate = 0.003 * (1 - step / 600)  # it falls to 0 in a line
        for optimizer in (g_optimizer, d_optimizer):
            optimizer.param_groups[0]["lr"] = rate

        numbers = torch.randint(8, (batch_size,))
        noise = torch.randn(batch_size, 2, dtype=torch.float64)
        real = places[numbers] + 0.05 * noise
        codes = torch.randn(batch_size, 2, dtype=torch.float64)
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


coverage = {0.0: [], 0.9: []}
snapshots = {}
losses = {}
for momentum in coverage:
    losses[momentum], snapshots[momentum] = train(momentum, seed=0)

for number, step in enumerate(steps_shown):
    _, panels = plt.subplots(1, 2, figsize=(3.6, 2.2))
    for axes, momentum in zip(panels, coverage, strict=True):
        points = snapshots[momentum][number]
        coverage[momentum].append(count_covered(points))
        axes.plot(
            *places.T,
            "C1o",
            markersize=10,
            fillstyle="none",
        )
        axes.plot(*points[:150].T, "C0.", markersize=3)
        axes.set(xlim=(-3, 3), ylim=(-3, 3), xticks=[], yticks=[])
        axes.set_title(f"momentum {momentum}", fontsize=10)
    without = coverage[0.0][-1]
    with_momentum = coverage[0.9][-1]
    print(f"step {step}: {without} of 8 places covered", end=" ")
    print(f"without momentum, {with_momentum} with momentum 0.9")
print()
print(f"last losses of the generators: {losses[0.0]:.2f}", end=" ")
print(f"without momentum, {losses[0.9]:.2f} with momentum 0.9")
plt.show()
