"""A network is a Module: it finds its parameters and says how to compute."""

import torch
from torch import nn


class TwoLayers(nn.Module):
    """64 pixels, 32 hidden units, ten classes."""

    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(64, 32)
        self.output = nn.Linear(32, 10)

    def forward(self, images):
        """Return ten logits for each image."""
        x = images.flatten(start_dim=1)  # (batch, 64)
        x = self.hidden(x).relu()  # (batch, 32)
        return self.output(x)  # (batch, 10)


network = TwoLayers()
for name, parameter in network.named_parameters():
    shape = str(tuple(parameter.shape))
    print(f"{name:14} {shape:9}{parameter.numel():5}")

images = torch.rand(5, 1, 8, 8)  # five images of random pixels
logits = network(images)  # (5, 10)
print("logits:", tuple(logits.shape))

num_parameters = sum(p.numel() for p in network.parameters())
