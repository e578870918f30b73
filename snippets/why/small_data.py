"""A few pictures of each digit: a network against ten mean pictures."""

import torch
from torch import nn

from dlcourse.data.digits import load_digits
from dlcourse.training.loop import evaluate, train_epoch

digits, cpu = load_digits(), torch.device("cpu")
x, y = digits.train.images.flatten(1).double() / 16, digits.train.labels
new, new_y = digits.test.images.flatten(1).double() / 16, digits.test.labels

print("of each digit   mean pictures   network")
for num_each in (1, 5, 50):
    by_means, by_network = 0.0, 0.0
    for seed in range(5):
        torch.manual_seed(seed)
        order = torch.randperm(len(y))
        few = [order[y[order] == digit][:num_each] for digit in range(10)]
        means = torch.stack([x[chosen].mean(dim=0) for chosen in few])
        few = torch.cat(few)
        nearest = torch.cdist(new, means).argmin(dim=1)
        by_means += (nearest == new_y).double().mean().item() / 5
        hidden = [nn.Linear(64, 128), nn.ReLU(), nn.Linear(128, 128), nn.ReLU()]
        network = nn.Sequential(*hidden, nn.Linear(128, 10)).double()
        optimizer = torch.optim.Adam(network.parameters(), lr=0.01)
        for _ in range(60):
            train_epoch(network, [(x[few], y[few])], optimizer, cpu)
        by_network += evaluate(network, [(new, new_y)], cpu)[1] / 5
    print(f"{num_each:8}{by_means:17.2f}{by_network:14.2f}")
