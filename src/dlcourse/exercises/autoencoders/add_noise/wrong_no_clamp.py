# not cut off
import torch


def add_noise(images, std, generator):
    return images + std * torch.randn(images.shape, generator=generator)
