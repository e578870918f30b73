"""At inference PyTorch need not record how to compute derivatives."""

import torch

layer = torch.nn.Linear(2, 1)
x = torch.ones(1, 2)

output = layer(x)
print(output.requires_grad)

with torch.inference_mode():
    output = layer(x)
print(output.requires_grad)
