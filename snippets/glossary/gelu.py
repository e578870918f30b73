"""Far from zero GELU is nearly ReLU."""

import torch

x = torch.tensor([-4.0, -1.0, 0.0, 1.0, 4.0])
for function in (torch.nn.functional.relu, torch.nn.functional.gelu):
    values = [round(y, 2) + 0 for y in function(x).tolist()]  # + 0: no -0.0
    print(function.__name__, values)
