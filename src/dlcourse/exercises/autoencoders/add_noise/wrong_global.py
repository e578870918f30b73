# the global generator
import torch


def add_noise(images, std, generator):
    return (images + std * torch.randn(images.shape)).clamp(0, 1)
