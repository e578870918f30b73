# the sum starts again at 0
import torch


def brighten(image, amount):
    sums = image.int() + amount
    return sums.to(torch.uint8)
