"""A line learns six rents: the loss falls step by step."""

import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F
from torch import nn

size = torch.tensor([[2.0], [3.0], [4.0], [5.0], [7.0], [9.0]])  # in 10 m²
rent = torch.tensor([[4.5], [5.0], [7.0], [7.5], [10.5], [12.0]])  # in 100 €

torch.manual_seed(0)
line = nn.Linear(1, 1)  # rent = weight * size + bias
optimizer = torch.optim.SGD(line.parameters(), lr=0.02)
_, panels = plt.subplots(2, figsize=(3.6, 4.8))
losses = []
print("step   loss  weight  bias")
for step in range(1001):
    outputs = line(size)  # (6, 1)
    loss = F.mse_loss(outputs, rent)
    losses.append(loss.item())
    if step in (0, 1, 10, 100, 1000):
        weight = line.weight.item()
        bias = line.bias.item()
        print(f"{step:4}{loss:7.2f}{weight:8.2f}{bias:6.2f}")
    if step in (0, 10, 1000):
        panels[0].plot(size, outputs.detach(), label=f"step {step}")
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
euros = 100 * line.weight.item()  # for 10 m² more

panels[0].plot(size, rent, "ko", label="data")
panels[0].set_xlabel("size in 10 m²")
panels[0].set_ylabel("rent in 100 €")
panels[0].legend(fontsize=8)
panels[1].semilogy(losses)
panels[1].set_xlabel("step")
panels[1].set_ylabel("loss")
plt.show()
