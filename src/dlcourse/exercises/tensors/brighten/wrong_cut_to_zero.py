# too bright pixels are lost
import torch


def brighten(image, amount):
    sums = image.int() + amount
    sums[sums > 255] = 0
    return sums.to(torch.uint8)
