"""One bad prediction dominates the squared error, not the absolute."""

import torch
import torch.nn.functional as F

truth = torch.zeros(4)
for errors in ([1.0, 1.0, 1.0, 1.0], [0.0, 0.0, 0.0, 4.0]):
    pair = torch.tensor(errors), truth
    print(F.l1_loss(*pair).item(), F.mse_loss(*pair).item())
