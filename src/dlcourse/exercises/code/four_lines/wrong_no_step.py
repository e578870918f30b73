# no step is taken
from torch import nn


def train(model, inputs, targets, optimizer, steps):
    losses = []
    for _ in range(steps):
        loss = nn.functional.mse_loss(model(inputs), targets)
        optimizer.zero_grad()
        loss.backward()
        losses.append(loss.item())
    return losses
