"""A convolution of one image with one kernel, with padding and stride."""

import torch
import torch.nn.functional as F


def conv2d(image, kernel, padding=0, stride=1):
    """Return the feature map of one image (height, width)."""
    padded = F.pad(image, (padding, padding, padding, padding))
    side = kernel.shape[0]
    rows = range(0, padded.shape[0] - side + 1, stride)
    columns = range(0, padded.shape[1] - side + 1, stride)
    feature_map = torch.zeros(len(rows), len(columns))
    for i, row in enumerate(rows):
        for j, column in enumerate(columns):
            window = padded[row : row + side, column : column + side]
            feature_map[i, j] = (window * kernel).sum()
    return feature_map


torch.manual_seed(0)
image = torch.rand(7, 9)
kernel = torch.rand(3, 3)
ours = conv2d(image, kernel, padding=1, stride=2)
images = image.reshape(1, 1, 7, 9)
kernels = kernel.reshape(1, 1, 3, 3)
by_pytorch = F.conv2d(images, kernels, padding=1, stride=2)
assert torch.allclose(ours, by_pytorch[0, 0])
