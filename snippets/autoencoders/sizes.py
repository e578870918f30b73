"""Test images, and what codes of different sizes leave of them."""

import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F

from dlcourse.data.digits import load_digits
from dlcourse.models.autoencoder import Autoencoder

digits = load_digits()
# 64-bit: the same result on every processor
x = digits.train.images.flatten(1).double() / 16
first = [(digits.test.labels == digit).nonzero()[0] for digit in range(10)]
shown = digits.test.images[torch.cat(first)].flatten(1).double() / 16

rows = {"image": shown}
for code_features in (1, 4, 16):
    torch.manual_seed(0)
    network = Autoencoder(64, 128, code_features).double()
    for layer in network.children():
        layer.reset_parameters()  # new random weights, of 64 bits
    optimizer = torch.optim.Adam(network.parameters(), lr=0.01)
    for _ in range(40):
        for batch in torch.randperm(len(x)).split(128):
            loss = F.mse_loss(network(x[batch]), x[batch])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    rows[f"code of {code_features}"] = network(shown).detach()

figure, panels = plt.subplots(4, 10, figsize=(7, 3))
for line, (name, images) in zip(panels, rows.items(), strict=True):
    for panel, pixels in zip(line, images, strict=True):
        panel.imshow(
            pixels.view(8, 8),
            cmap="gray",
            vmin=0,
            vmax=1,
        )
        panel.set_xticks([])
        panel.set_yticks([])
    line[0].set_ylabel(name, rotation=0, ha="right", va="center")
plt.show()
