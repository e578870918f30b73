"""A denoising autoencoder: noise goes in, the clean image is the target."""

import torch
import torch.nn.functional as F
from torch import nn

from dlcourse.data.digits import load_digits

digits = load_digits()
# 64-bit: the same result on every processor
x = digits.train.images.flatten(1).double() / 16
test_x = digits.test.images.flatten(1).double() / 16


def train(noise, code_features, seed=0):
    """Train with noise of this standard deviation; return the network."""
    torch.manual_seed(seed)
    encoder = nn.Sequential(
        nn.Linear(64, 128),
        nn.ReLU(),
        nn.Linear(128, code_features),
    )
    decoder = nn.Sequential(
        nn.Linear(code_features, 128),
        nn.ReLU(),
        nn.Linear(128, 64),
    )
    network = nn.Sequential(encoder, decoder).double()
    optimizer = torch.optim.Adam(network.parameters(), lr=0.01)
    for _ in range(40):
        for batch in torch.randperm(len(x)).split(128):
            clean = x[batch]
            noisy = clean + noise * torch.randn_like(clean)
            loss = F.mse_loss(network(noisy), clean)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    return network


def measure(network, noise=0.3, seed=1):
    """Return the error of the noisy test images before and after."""
    torch.manual_seed(seed)
    noisy = test_x + noise * torch.randn_like(test_x)
    before = F.mse_loss(noisy, test_x).item()
    after = F.mse_loss(network(noisy), test_x).item()
    return before, after


print("code  trained with noise  error before  after")
for code_features in (8, 64):
    for noise in (0.0, 0.3):
        network = train(noise, code_features)
        before, after = measure(network)
        row = f"{code_features:4}{noise:20.1f}"
        print(f"{row}{before:14.3f}{after:7.3f}")
