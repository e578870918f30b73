"""backward() leaves every weight alone; step() changes them."""

import torch
import torch.nn.functional as F
from torch import nn

network = nn.Sequential(nn.Linear(2, 2), nn.ReLU(), nn.Linear(2, 1), nn.Sigmoid())
network[0].load_state_dict({"weight": torch.tensor([[-1.0, 1], [2, 1]]), "bias": torch.tensor([2.0, -2])})
network[2].load_state_dict({"weight": torch.tensor([[2.0, -1]]), "bias": torch.tensor([-1.0])})
optimizer = torch.optim.SGD(network.parameters(), lr=0.1)
x, target = torch.tensor([[2.0, 3.0]]), torch.tensor([[1.0]])


def weights():
    return nn.utils.parameters_to_vector(network.parameters()).detach().clone()


start = weights()
loss = F.mse_loss(network(x), target)
optimizer.zero_grad()
loss.backward()
print("changed by backward():", not torch.equal(weights(), start))
optimizer.step()
print("changed by step():    ", not torch.equal(weights(), start))

new_loss = F.mse_loss(network(x), target)
print(f"loss: {loss.item():.4f} -> {new_loss.item():.4f}")
