import torch


def brighten(image, amount):
    """Return a new uint8 image with `amount` added to each pixel, at most 255."""
    sums = image.int() + amount  # int32 holds numbers above 255; the sums are new
    sums[sums > 255] = 255
    return sums.to(torch.uint8)
