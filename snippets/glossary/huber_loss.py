"""Large errors cost less than their square."""

import torch
import torch.nn.functional as F

for error in (0.5, 10.0):
    pair = torch.tensor(error), torch.tensor(0.0)
    print(error, F.huber_loss(*pair).item(), F.mse_loss(*pair).item() / 2)
