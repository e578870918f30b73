"""Dropout works in training and does nothing in evaluation."""

import torch

dropout, ones = torch.nn.Dropout(p=0.5), torch.ones(1000)
print(sorted(set(dropout.train()(ones).tolist())))
print(sorted(set(dropout.eval()(ones).tolist())))
