"""The same with a network that learns to guess the clean image."""

import torch
from torch import nn

from dlcourse.data.digits import load_digits

torch.manual_seed(0)
clean = load_digits().train.images.flatten(1)  # (images, 64)
clean = clean / 8 - 1  # from -1 to 1

network = nn.Sequential(
    nn.Linear(65, 256),  # the noisy image, and t
    nn.ReLU(),
    nn.Linear(256, 64),  # the guess
)
optimizer = torch.optim.Adam(network.parameters(), lr=3e-3)
for _ in range(800):
    chosen = torch.randint(len(clean), (256,))
    batch = clean[chosen]  # (256, 64)
    t = torch.rand(256, 1)
    noise = torch.randn(256, 64)
    noisy = t * batch + (1 - t) * noise  # (256, 64)
    guess = network(torch.cat([noisy, t], dim=1))
    loss = nn.functional.mse_loss(guess, batch)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()

noise = torch.randn(100, 64)
images = noise
for step in range(20):
    t = torch.full((100, 1), step / 20)
    guess = network(torch.cat([images, t], dim=1)).detach()
    images = images + (guess - images) / (20 - step)

distance = torch.cdist(images, clean).min(dim=1).values  # to the nearest
noise_distance = torch.cdist(noise, clean).min(dim=1).values
copies = int((distance < 1).sum())
nearer = bool(distance.max() < noise_distance.min())
print(f"copies of a training image: {copies} of {len(images)}")
print("all nearer to one than any noise is:", nearer)
