"""A generator against a discriminator that no longer learns."""

import torch
import torch.nn.functional as F
from torch import nn

torch.manual_seed(0)
angles = torch.arange(8).double() * torch.pi / 4
places = 2 * torch.stack([torch.cos(angles), torch.sin(angles)], dim=1)


def make_network(in_features, out_features):
    """Return a network with one hidden layer."""
    hidden = nn.Linear(in_features, 64)
    output = nn.Linear(64, out_features)
    return nn.Sequential(hidden, nn.ReLU(), output).double()


generator = make_network(2, 2)
discriminator = make_network(2, 1)
codes = torch.randn(200, 2).double()
ones = torch.ones(200, 1).double()
zeros = torch.zeros(200, 1).double()

optimizer = torch.optim.Adam(discriminator.parameters(), lr=0.01)
for _ in range(200):
    real = places[torch.randint(8, (200,))]
    real_logits = discriminator(real)
    generated_logits = discriminator(generator(codes).detach())
    real_loss = F.binary_cross_entropy_with_logits(real_logits, ones)
    generated_loss = F.binary_cross_entropy_with_logits(generated_logits, zeros)
    loss = real_loss + generated_loss
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()

print("step  generator's loss  spread  distance to the ring")
optimizer = torch.optim.Adam(generator.parameters(), lr=0.01)
rows = []
for step in range(201):
    points = generator(codes)  # (200, 2)
    loss = F.binary_cross_entropy_with_logits(discriminator(points), ones)
    if step % 50 == 0:
        spread = points.std(dim=0).norm().item()
        nearest = torch.cdist(points, places).min(dim=1).values
        distance = nearest.mean().item()
        rows.append((loss.item(), spread, distance))
        print(f"{step:4}{loss:18.3f}{spread:8.2f}{distance:22.2f}")
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
