# only positive noise
import torch


def add_noise(images, std, generator):
    return (images + std * torch.rand(images.shape, generator=generator)).clamp(0, 1)
