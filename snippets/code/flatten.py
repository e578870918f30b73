"""Lay out the pixels of each image in one row."""

import torch

images = torch.zeros(32, 1, 8, 8)  # 32 images, 1 channel, 8 rows, 8 columns
rows = images.flatten(start_dim=1)  # keep axis 0, join the axes from 1 on

print(rows.shape)
