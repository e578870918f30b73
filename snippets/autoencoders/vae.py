"""A variational autoencoder, with its loss written out."""

import torch
import torch.nn.functional as F
from torch import nn

from dlcourse.data.digits import load_digits

digits = load_digits()
x = digits.train.images.flatten(1).float() / 16  # (1295, 64), from 0 to 1

torch.manual_seed(0)
encoder = nn.Sequential(nn.Linear(64, 128), nn.ReLU(), nn.Linear(128, 16))
decoder = nn.Sequential(nn.Linear(8, 128), nn.ReLU(), nn.Linear(128, 64))
network = nn.Sequential(encoder, decoder)
optimizer = torch.optim.Adam(network.parameters(), lr=0.003)
for _ in range(40):
    for batch in torch.randperm(len(x)).split(128):
        pixels = x[batch]  # 64 numbers an image
        mean, log_variance = encoder(pixels).chunk(2, dim=1)  # 8 numbers each
        std = (log_variance / 2).exp()
        codes = mean + std * torch.randn_like(mean)  # a random code each
        logits = decoder(codes)  # 64 numbers an image

        errors = F.binary_cross_entropy_with_logits(
            logits,
            pixels,
            reduction="none",
        )
        error = errors.sum(dim=1)  # nats, for each image
        variance = log_variance.exp()
        divergences = (mean.square() + variance - 1 - log_variance) / 2
        divergence = divergences.sum(dim=1)  # nats, for each image
        loss = (error + divergence).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()

new_codes = torch.randn(5, 8)  # from the standard normal distribution
new_images = decoder(new_codes).sigmoid()  # (5, 64), from 0 to 1
print("nats an image, in the last batch:")
print(f"error {error.mean():.0f}, divergence {divergence.mean():.0f}")
print("new images:", tuple(new_images.shape))
