"""Noise for a denoising autoencoder: one possible answer to the exercise."""

import torch


def add_noise(images, std, generator):
    """Return images with normal noise, cut off at 0 and 1."""
    noise = torch.randn(images.shape, generator=generator)
    noisy = images + std * noise
    return noisy.clamp(0, 1)


images = torch.full((1000, 1, 8, 8), 0.5)
noisy = add_noise(images, 0.1, torch.Generator().manual_seed(0))
assert abs(noisy.std() - 0.1) < 0.002
assert (images == 0.5).all()
far = add_noise(images, 10, torch.Generator().manual_seed(0))
assert far.min() == 0
assert far.max() == 1
