"""A window of 3 x 3 slides over an image of 5 x 5."""

import torch
import torch.nn.functional as F

image = torch.tensor(
    [
        [0.0, 0.0, 1.0, 1.0, 1.0],
        [0.0, 0.0, 1.0, 1.0, 1.0],
        [0.0, 0.0, 1.0, 1.0, 1.0],
        [0.0, 0.0, 0.0, 0.0, 0.0],
        [0.0, 0.0, 0.0, 0.0, 0.0],
    ]
)
kernel = torch.tensor(
    [
        [-1.0, 0.0, 1.0],
        [-1.0, 0.0, 1.0],
        [-1.0, 0.0, 1.0],
    ]
)

feature_map = torch.zeros(3, 3)  # the window fits at 3 x 3 places
for row in range(3):
    for column in range(3):
        window = image[row : row + 3, column : column + 3]
        feature_map[row, column] = (window * kernel).sum()
print(feature_map)

images = image.reshape(1, 1, 5, 5)  # one image, one channel
kernels = kernel.reshape(
    1,
    1,
    3,
    3,
)  # one kernel, for one channel
by_pytorch = F.conv2d(images, kernels)
assert torch.equal(by_pytorch[0, 0], feature_map)
