import torch


def add_noise(images, std, generator):
    """Return the images with normal noise of this standard deviation.

    Values stay from 0 to 1; images keeps its numbers; generator draws the noise.
    """
    noise = torch.randn(images.shape, generator=generator)
    return (images + std * noise).clamp(0, 1)
