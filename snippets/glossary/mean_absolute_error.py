"""One bad prediction dominates the squared error, not the absolute."""

import torch
import torch.nn.functional as F

targets = torch.zeros(4)
for errors in ([1.0, 1.0, 1.0, 1.0], [0.0, 0.0, 0.0, 4.0]):
    predictions = torch.tensor(errors)
    absolute = F.l1_loss(predictions, targets)
    squared = F.mse_loss(predictions, targets)
    print(f"absolute {absolute:.1f}, squared {squared:.1f}")
