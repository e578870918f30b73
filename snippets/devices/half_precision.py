"""The digits, trained in float32 and in bfloat16."""

import torch
import torch.nn.functional as F
from torch import nn

from dlcourse.data.digits import load_digits

digits = load_digits()
images = digits.train.images.flatten(1).float() / 16
test_images = digits.test.images.flatten(1).float() / 16


def find_accuracy(dtype, seed):
    """Train with the products in a format; return the test accuracy."""
    torch.manual_seed(seed)
    network = nn.Sequential(nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 10))
    optimizer = torch.optim.Adam(network.parameters(), lr=0.01)
    is_half = dtype != torch.float32
    for _ in range(10):
        for batch in torch.randperm(len(images)).split(64):
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=is_half):
                logits = network(images[batch])
            loss = F.cross_entropy(logits.float(), digits.train.labels[batch])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    predicted = network(test_images).argmax(dim=1)
    return (predicted == digits.test.labels).float().mean().item()


accuracies = {}
for dtype in (torch.float32, torch.bfloat16):
    found = [find_accuracy(dtype, seed) for seed in range(3)]
    accuracies[dtype] = sum(found) / len(found)
    print(f"{dtype!s:15} {accuracies[dtype]:.0%}")
