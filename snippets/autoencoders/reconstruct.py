"""An autoencoder of the digits: 64 pixels, 8 numbers, 64 pixels."""

import torch
import torch.nn.functional as F
from torch import nn

from dlcourse.data.digits import load_digits

digits = load_digits()
x = digits.train.images.flatten(1).float() / 16  # (1295, 64), from 0 to 1
test_x = digits.test.images.flatten(1).float() / 16  # (359, 64)

torch.manual_seed(0)
encoder = nn.Sequential(nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 8))
decoder = nn.Sequential(nn.Linear(8, 64), nn.ReLU(), nn.Linear(64, 64))
network = nn.Sequential(encoder, decoder)
optimizer = torch.optim.Adam(network.parameters(), lr=0.01)
for _ in range(40):
    for batch in torch.randperm(len(x)).split(128):
        reconstruction = network(x[batch])  # 64 numbers an image
        loss = F.mse_loss(reconstruction, x[batch])  # the input is the target
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()

codes = encoder(test_x)
test_error = F.mse_loss(network(test_x), test_x).item()
mean_image = x.mean(dim=0).expand(len(test_x), 64)  # the same for all
mean_error = F.mse_loss(mean_image, test_x).item()
print("images", tuple(test_x.shape), "codes", tuple(codes.shape))
print(f"squared error per pixel: {test_error:.3f}")
print(f"of the mean image:       {mean_error:.3f}")
