"""The same with a network that learns to guess the clean picture."""

import torch
from torch import nn

from dlcourse.data.digits import load_digits

torch.manual_seed(0)
clean = load_digits().train.images.flatten(1) / 8 - 1  # (pictures, 64)
network = nn.Sequential(nn.Linear(65, 256), nn.ReLU(), nn.Linear(256, 64))
optimizer = torch.optim.Adam(network.parameters(), lr=3e-3)
for _ in range(800):
    batch = clean[torch.randint(len(clean), (256,))]  # (256, 64)
    t = torch.rand(256, 1)
    noisy = t * batch + (1 - t) * torch.randn(256, 64)  # (256, 64)
    loss = ((network(torch.cat([noisy, t], dim=1)) - batch) ** 2).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()

noise = pictures = torch.randn(100, 64)
for step in range(20):
    t = torch.full((100, 1), step / 20)
    guess = network(torch.cat([pictures, t], dim=1)).detach()
    pictures = pictures + (guess - pictures) / (20 - step)
distance = torch.cdist(pictures, clean).min(dim=1).values  # to the nearest
copies = (distance < 1).sum().item()
print(f"copies of a training picture: {copies} of {len(pictures)}")
nearer = distance.max() < torch.cdist(noise, clean).min()
print("all nearer to one than any noise is:", nearer.item())
