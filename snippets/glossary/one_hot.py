"""Each row has a single one, in the place of its class."""

import torch

labels = torch.tensor([0, 2, 1, 2])
print(torch.nn.functional.one_hot(labels, num_classes=3))
