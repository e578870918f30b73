"""A small network that learns to predict noise, and new points from it."""

import torch
from sklearn.datasets import make_moons
from torch import nn

from dlcourse.tasks.noising import make_schedule, remove_noise

points, _ = make_moons(500, noise=0.05, random_state=0)
points = torch.tensor(points).float()
points = (points - points.mean(dim=0)) / points.std(dim=0)
share = make_schedule().float()

torch.manual_seed(0)
network = nn.Sequential(
    nn.Linear(3, 128),  # a noisy point, and its noise level from 0 to 1
    nn.ReLU(),
    nn.Linear(128, 128),
    nn.ReLU(),
    nn.Linear(128, 2),  # the noise in it
)


def predict(x, level):
    """Return the predicted noise (batch, 2)."""
    return network(torch.cat([x, level.unsqueeze(1)], dim=1))


optimizer = torch.optim.Adam(network.parameters(), lr=0.003)
print("updates  loss  loss of predicting 0")
losses = []
zero_losses = []
for update in range(1, 1001):
    batch = points[torch.randint(500, (256,))]
    noise = torch.randn(256, 2)
    step = torch.randint(1, 1001, (256,))  # one step for each point
    s = share[step].unsqueeze(1)  # (256, 1)
    noisy = s.sqrt() * batch + (1 - s).sqrt() * noise
    loss = (predict(noisy, step / 1000) - noise).square().mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    losses.append(loss.item())
    zero_losses.append(noise.square().mean().item())
    if update in (50, 200, 1000):
        mean_loss = sum(losses[-50:]) / 50
        zero_loss = sum(zero_losses[-50:]) / 50
        print(f"{update:7}{mean_loss:6.2f}{zero_loss:12.2f}")

start = torch.randn(500, 2)
frames = remove_noise(predict, start)  # 101 tensors (500, 2)
medians = {}
for name, cloud in {"noise": start, "samples": frames[-1]}.items():
    nearest = torch.cdist(cloud, points).min(dim=1).values
    medians[name] = nearest.median().item()
    print(f"{name}: median distance to a training point {medians[name]:.2f}")
