import torch


def add_noise(images, std, generator):
    """Return the images with normal noise of this standard deviation.

    Values stay from 0 to 1; images keeps its numbers; generator draws the noise.
    """
    # TODO: draw noise of the images' shape, scale it, add it, and cut it off at 0 and 1
    raise NotImplementedError
