"""Nine neurons learn XOR: one or the other, but not both."""

import torch
from torch import nn

torch.manual_seed(0)
inputs = torch.tensor([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
targets = torch.tensor([[0.0], [1.0], [1.0], [0.0]])

network = nn.Sequential(nn.Linear(2, 8), nn.Tanh(), nn.Linear(8, 1))
optimizer = torch.optim.Adam(network.parameters(), lr=0.05)
for _ in range(300):
    loss = nn.functional.mse_loss(network(inputs), targets)  # how wrong is it?
    optimizer.zero_grad()
    loss.backward()  # which way should each weight move?
    optimizer.step()  # move each a little

answers = (network(inputs) > 0.5).float()
for (x1, x2), answer in zip(inputs, answers, strict=True):
    print(f"{x1:.0f} xor {x2:.0f} = {answer.item():.0f}")
num_correct = int((answers == targets).sum())
print(f"{num_correct}/4 correct")
