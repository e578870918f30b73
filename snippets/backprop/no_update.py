"""backward() leaves every weight alone; step() changes them."""

import torch
import torch.nn.functional as F
from torch import nn
from torch.nn.utils import parameters_to_vector, vector_to_parameters

layers = [nn.Linear(2, 2), nn.ReLU(), nn.Linear(2, 1), nn.Sigmoid()]
network = nn.Sequential(*layers)
start = torch.tensor([-1.0, 1, 2, 1, 2, -2, 2, -1, -1])  # w11 w12 w21 ...
vector_to_parameters(start.clone(), network.parameters())  # sets all nine
optimizer = torch.optim.SGD(network.parameters(), lr=0.1)
x = torch.tensor([[2.0, 3.0]])
target = torch.tensor([[1.0]])


def is_changed():
    """Tell whether any of the nine parameters has moved."""
    now = parameters_to_vector(network.parameters())
    return not torch.equal(now, start)


loss = F.mse_loss(network(x), target)
optimizer.zero_grad()
loss.backward()
print("changed by backward():", is_changed())
optimizer.step()
print("changed by step():    ", is_changed())

new_loss = F.mse_loss(network(x), target)
print(f"loss: {loss.item():.4f} -> {new_loss.item():.4f}")
