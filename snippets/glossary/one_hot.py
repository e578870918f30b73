"""Each row has a single one, at the position of its class."""

import torch
import torch.nn.functional as F

labels = torch.tensor([0, 2, 1, 2])
rows = F.one_hot(labels, num_classes=3)
print(rows)
