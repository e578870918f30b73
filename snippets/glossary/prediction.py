"""The highest score is the prediction, before softmax as after it."""

import torch

logits = torch.tensor([[0.2, 3.0, -1.0], [2.0, 0.1, 1.9]])
print(logits.argmax(dim=1))
print(logits.softmax(dim=1).argmax(dim=1))
