# the variance is std
import torch


def add_noise(images, std, generator):
    return (images + std**0.5 * torch.randn(images.shape, generator=generator)).clamp(0, 1)
