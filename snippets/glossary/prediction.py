"""The prediction is the place of the highest score; softmax does not change which one that is."""

import torch

logits = torch.tensor([[0.2, 3.0, -1.0], [2.0, 0.1, 1.9]])  # two examples, three classes
print(logits.argmax(dim=1), logits.softmax(dim=1).argmax(dim=1))
