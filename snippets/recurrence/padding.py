"""Sequences of different lengths in one batch."""

import torch
from torch import nn
from torch.nn.utils.rnn import pad_sequence

torch.manual_seed(0)
layer = nn.LSTM(1, 4, batch_first=True)
long = torch.randn(6, 1)  # 6 steps
short = torch.randn(2, 1)  # 2 steps
lengths = torch.tensor([6, 2])
batch = pad_sequence([long, short], batch_first=True)  # (2, 6, 1)
print("zeros after the short one:", batch[1, 2:, 0].tolist())

states = layer(batch)[0]  # (2, 6, 4)
alone = layer(short)[0]  # (2, 4): its two states
at_the_end = states[:, -1]  # (2, 4)
at_own_end = states[torch.arange(2), lengths - 1]  # (2, 4)
for name, picked in (("the end", at_the_end), ("own end", at_own_end)):
    is_same = torch.allclose(picked[1], alone[-1])
    print(f"state at {name} = state of the short one alone: {is_same}")

is_real = torch.arange(6) < lengths.unsqueeze(1)  # (2, 6): the mask
losses = torch.ones(2, 6)  # a loss for each step
print("mean over all steps:   ", (losses * is_real).mean().item())
print("mean over the real ones:", losses[is_real].mean().item())
