"""What a checkpoint must hold, so that a resumed run ends the same."""

import io

import torch
from torch import nn


def start():
    """Return a network with dropout, and its optimizer."""
    torch.manual_seed(0)
    layers = (nn.Linear(4, 16), nn.ReLU(), nn.Dropout(0.5), nn.Linear(16, 1))
    network = nn.Sequential(*layers)
    return network, torch.optim.Adam(network.parameters(), lr=0.01)


def train(network, optimizer, num_steps):
    """Take steps towards outputs of 1; dropout and inputs are random."""
    for _ in range(num_steps):
        loss = (network(torch.randn(8, 4)) - 1).square().mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()


def interrupt(left_out):
    """Save after 5 steps without a part, resume, and end after 10."""
    network, optimizer = start()
    train(network, optimizer, 5)
    file = io.BytesIO()  # a file in memory
    checkpoint = {
        "network": network.state_dict(),
        "optimizer": optimizer.state_dict(),
        "random numbers": torch.get_rng_state(),
    }
    torch.save(checkpoint, file)

    network, optimizer = start()  # a new process begins like this
    file.seek(0)
    checkpoint = torch.load(file, weights_only=True)
    if left_out != "network":
        network.load_state_dict(checkpoint["network"])
    if left_out != "optimizer":
        optimizer.load_state_dict(checkpoint["optimizer"])
    if left_out != "random numbers":
        torch.set_rng_state(checkpoint["random numbers"])
    train(network, optimizer, 5)
    return network[0].weight


network, optimizer = start()
train(network, optimizer, 10)
for left_out in ("nothing", "network", "optimizer", "random numbers"):
    is_same = torch.equal(interrupt(left_out), network[0].weight)
    print(f"left out: {left_out:14}  same weights: {is_same}")
