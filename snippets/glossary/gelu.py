"""Far from zero GELU is close to ReLU."""

import torch
import torch.nn.functional as F

for x in torch.tensor([-4.0, -1.0, 1.0, 4.0]):
    print(f"{x:4.0f}: ReLU {F.relu(x):.4f}, GELU {F.gelu(x):.4f}")
