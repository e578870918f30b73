"""Dropout changes values in training and none in evaluation."""

import torch

torch.manual_seed(0)
dropout = torch.nn.Dropout(p=0.5)
ones = torch.ones(1000)

dropout.train()
print(dropout(ones).unique())  # the different values that occur
dropout.eval()
print(dropout(ones).unique())
