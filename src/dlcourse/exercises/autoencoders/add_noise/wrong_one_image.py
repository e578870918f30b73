# the same for each image
import torch


def add_noise(images, std, generator):
    noise = torch.randn(images.shape[1:], generator=generator)
    return (images + std * noise).clamp(0, 1)
