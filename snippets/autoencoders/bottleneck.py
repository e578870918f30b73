"""The test error for codes of different sizes, beside that of PCA."""

import torch
import torch.nn.functional as F
from torch import nn

from dlcourse.data.digits import load_digits

digits = load_digits()
# 64-bit: the same result on every processor
x = digits.train.images.flatten(1).double() / 16
test_x = digits.test.images.flatten(1).double() / 16
mean_image = x.mean(dim=0)
parts = torch.linalg.svd(x - mean_image, full_matrices=False)


def find_pca_error(code_features):
    """Return the squared error per pixel on the test images."""
    directions = parts.Vh[:code_features]
    centered = test_x - mean_image
    codes = centered @ directions.T
    return F.mse_loss(codes @ directions, centered).item()


def find_error(code_features, seed=0):
    """Train an autoencoder; return its error on the test images."""
    torch.manual_seed(seed)
    network = nn.Sequential(
        nn.Linear(64, 64),
        nn.ReLU(),
        nn.Linear(64, code_features),
        nn.Linear(code_features, 64),
        nn.ReLU(),
        nn.Linear(64, 64),
    ).double()
    optimizer = torch.optim.Adam(network.parameters(), lr=0.01)
    for _ in range(40):
        for batch in torch.randperm(len(x)).split(128):
            loss = F.mse_loss(network(x[batch]), x[batch])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    return F.mse_loss(network(test_x), test_x).item()


print("numbers   autoencoder     PCA")
for code_features in (1, 2, 4, 8, 16, 32):
    ours = find_error(code_features)
    theirs = find_pca_error(code_features)
    print(f"{code_features:7}{ours:14.3f}{theirs:8.3f}")
