"""Train a small network, and draw what its first kernels find."""

import matplotlib.pyplot as plt
import torch
from torch import nn

from dlcourse.data.digits import load_digits
from dlcourse.training.loop import train_epoch

torch.manual_seed(0)
train = load_digits().train
x = train.images.float() / 16  # (1295, 1, 8, 8)
network = nn.Sequential(
    nn.Conv2d(1, 4, kernel_size=3, padding=1),
    nn.ReLU(),
    nn.Flatten(),
    nn.Linear(4 * 8 * 8, 10),
)
optimizer = torch.optim.Adam(network.parameters(), lr=0.01)
for _ in range(5):
    batches = list(zip(x.split(64), train.labels.split(64), strict=True))
    train_epoch(network, batches, optimizer, torch.device("cpu"))

kernels = network[0].weight.detach()[:, 0]  # (4, 3, 3)
with torch.no_grad():
    maps = network[:2](x[:1])[0]  # (4, 8, 8)
largest = kernels.abs().max().item()
figure, axes = plt.subplots(2, 5, figsize=(7, 3))
axes[0, 0].axis("off")
axes[1, 0].imshow(x[0, 0], cmap="gray")
axes[1, 0].set_title("image", fontsize=10)
for i in range(4):
    axes[0, i + 1].imshow(
        kernels[i],
        cmap="gray",
        vmin=-largest,
        vmax=largest,
    )
    axes[0, i + 1].set_title(f"kernel {i + 1}", fontsize=10)
    axes[1, i + 1].imshow(maps[i], cmap="gray")
    axes[1, i + 1].set_title(f"map {i + 1}", fontsize=10)
for ax in axes.flat:
    ax.set_xticks([])
    ax.set_yticks([])
plt.show()
