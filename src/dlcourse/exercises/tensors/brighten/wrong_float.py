# another dtype
import torch


def brighten(image, amount):
    sums = image.int() + amount
    sums[sums > 255] = 255
    return sums.float()
