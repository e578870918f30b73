"""What share of new digits is nearest to its own mean, layer by layer?"""

import torch
from torch import nn

from dlcourse.data.digits import load_digits
from dlcourse.training.loop import train_epoch

cpu = torch.device("cpu")
digits = load_digits()
train = digits.train
test = digits.test
x = train.images.flatten(1).double() / 16  # (images, 64)
y = train.labels
new_x = test.images.flatten(1).double() / 16


def share_nearest(h, new_h):
    """Return how many new rows are nearest to the mean row of their digit."""
    means = []
    for digit in range(10):
        of_this_digit = h[y == digit]
        means.append(of_this_digit.mean(dim=0))
    distances = torch.cdist(new_h, torch.stack(means))  # (new rows, 10)
    is_correct = distances.argmin(dim=1) == test.labels
    return is_correct.double().mean().item()


def measure(num_steps, seed):
    """Train a network; return the share for its pixels and each layer."""
    torch.manual_seed(seed)
    network = nn.Sequential(
        nn.Linear(64, 32),
        nn.Tanh(),
        nn.Linear(32, 32),
        nn.Tanh(),
        nn.Linear(32, 32),
        nn.Tanh(),
        nn.Linear(32, 10),
    ).double()
    optimizer = torch.optim.Adam(network.parameters(), lr=0.01)
    for _ in range(num_steps):
        batches = [(x, y)]  # one batch with all images
        train_epoch(network, batches, optimizer, cpu)

    shares = []
    for num_layers in range(4):
        first_layers = network[: 2 * num_layers]  # each with its Tanh
        share = share_nearest(first_layers(x), first_layers(new_x))
        shares.append(share)
    return torch.tensor(shares)


print("           pixels  layer 1  layer 2  layer 3")
for name, num_steps in (("untrained", 0), ("trained", 100)):
    means = torch.zeros(4)
    for seed in range(5):  # five networks
        means += measure(num_steps, seed) / 5
    row = "".join(f"{share:9.1%}" for share in means.tolist())
    print(f"{name:<9}{row}")
