"""Dropout is at work in training and does nothing in evaluation; survivors are scaled up by 1 / (1 - p)."""

import torch

dropout, ones = torch.nn.Dropout(p=0.5), torch.ones(1000)
print(sorted(set(dropout.train()(ones).tolist())))
print(sorted(set(dropout.eval()(ones).tolist())))
