# one number for all
import torch


def add_noise(images, std, generator):
    return (images + std * torch.randn(1, generator=generator)).clamp(0, 1)
