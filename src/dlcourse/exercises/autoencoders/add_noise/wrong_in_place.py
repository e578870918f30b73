# the images are changed
import torch


def add_noise(images, std, generator):
    images += std * torch.randn(images.shape, generator=generator)
    return images.clamp(0, 1)
