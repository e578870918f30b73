"""Twenty layers, four starts, without and with normalization."""

import torch
import torch.nn.functional as F
from torch import nn

from dlcourse.data.digits import load_digits

train = load_digits().train
x = train.images[:100].flatten(1).double() / 16  # (100, 64)
labels = train.labels[:100]


def train_accuracy(start, norm, learning_rate=0.001, seed=0):
    """Train for 80 steps; return the correct share of the 100 images."""
    torch.manual_seed(seed)
    modules = []  # 64-bit from the start: the same on every processor
    for in_features in [64] + 18 * [32]:  # 19 hidden layers of 32 units
        linear = nn.Linear(in_features, 32, dtype=torch.float64)
        if start == "He's":
            nn.init.kaiming_normal_(linear.weight)
        elif start != "PyTorch's":
            nn.init.normal_(linear.weight, std=float(start))
        if start != "PyTorch's":
            nn.init.zeros_(linear.bias)
        modules += [linear, norm(32), nn.ReLU()]
    output = nn.Linear(32, 10, dtype=torch.float64)
    network = nn.Sequential(*modules, output).double()
    optimizer = torch.optim.Adam(network.parameters(), lr=learning_rate)
    for _ in range(80):
        loss = F.cross_entropy(network(x), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    is_correct = network(x).argmax(dim=1) == labels
    return is_correct.double().mean().item()


norms = {
    "none": nn.Identity,  # changes nothing
    "batch norm": nn.BatchNorm1d,
    "layer norm": nn.LayerNorm,
}
print("start     ", *[f"{name:>10}" for name in norms])
for start in ("0.01", "PyTorch's", "He's", "1"):
    shares = [train_accuracy(start, norm) for norm in norms.values()]
    print(f"{start:10}", *[f"{share:10.0%}" for share in shares])
