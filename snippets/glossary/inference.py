"""At inference PyTorch need not record how to compute gradients."""

import torch

layer, x = torch.nn.Linear(2, 1), torch.ones(1, 2)
print(layer(x).requires_grad)
with torch.inference_mode():
    print(layer(x).requires_grad)
