"""Large errors cost less than half their square."""

import torch
import torch.nn.functional as F

target = torch.tensor(0.0)
for error in (0.5, 10.0):
    prediction = torch.tensor(error)
    huber = F.huber_loss(prediction, target)
    squared = F.mse_loss(prediction, target)
    print(error, huber.item(), squared.item() / 2)
