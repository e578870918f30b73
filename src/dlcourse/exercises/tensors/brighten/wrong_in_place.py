# the image is changed
import torch


def brighten(image, amount):
    image[image > 255 - amount] = 255 - amount
    sums = image.int() + amount
    sums[sums > 255] = 255
    return sums.to(torch.uint8)
