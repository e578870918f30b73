"""Four lines, repeated, find the weight and the bias of y = 2x + 1."""

import torch
from torch import nn

torch.manual_seed(0)
inputs = torch.tensor([[0.0], [1.0], [2.0], [3.0]])  # (4, 1)
targets = 2 * inputs + 1  # (4, 1)
model = nn.Linear(1, 1)
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)

for step in range(200):
    loss = nn.functional.mse_loss(model(inputs), targets)  # 1
    optimizer.zero_grad()  # 2
    loss.backward()  # 3
    optimizer.step()  # 4
    if step in (0, 10, 199):
        print(f"step {step}: loss {loss.item():.3f}")

weight = model.weight.item()
bias = model.bias.item()
print(f"weight {weight:.3f}, bias {bias:.3f}")
