"""A line learns six rents: the loss falls step by step."""

import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F
from torch import nn

size = torch.tensor([[2.0], [3.0], [4.0], [5.0], [7.0], [9.0]])  # in 10 m²
rent = torch.tensor([[4.5], [5.0], [7.0], [7.5], [10.5], [12.0]])  # in 100 €
steps_shown = (0, 1, 10, 100, 1000)

torch.manual_seed(0)
line = nn.Linear(1, 1)  # rent = weight * size + bias
optimizer = torch.optim.SGD(line.parameters(), lr=0.02)
losses = []
lines = {}
for step in range(1001):
    outputs = line(size)  # (6, 1)
    loss = F.mse_loss(outputs, rent)
    losses.append(loss.item())
    if step in steps_shown:
        weight = line.weight.item()
        bias = line.bias.item()
        print(f"step {step}: loss {loss.item():.2f},", end=" ")
        print(f"weight {weight:.2f}, bias {bias:.2f}")
        lines[step] = outputs.detach()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
euros = 100 * line.weight.item()  # for 10 m² more

for step, outputs in lines.items():
    _, panels = plt.subplots(2, figsize=(3.6, 4.2))
    panels[0].plot(size, outputs, "C0")
    panels[0].plot(size, rent, "ko", markersize=5)
    panels[0].set(ylim=(0, 17), xlabel="size in 10 m²", ylabel="rent in 100 €")
    panels[1].semilogy(losses, "C5", linewidth=1)
    panels[1].plot([step], [losses[step]], "C1o", markersize=8)
    panels[1].set(xlabel="step", ylabel="loss")
plt.show()
