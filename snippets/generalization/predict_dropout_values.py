"""The value of the ones that dropout keeps."""

import torch
from torch import nn

torch.manual_seed(0)
dropout = nn.Dropout(0.2)
dropped = dropout(torch.ones(1000))

answer = dropped.max().item()
print(answer)
