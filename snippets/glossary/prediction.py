"""The highest score is the prediction, before and after softmax."""

import torch

logits = torch.tensor([[0.2, 3.0, -1.0], [2.0, 0.1, 1.9]])
print(logits.argmax(dim=1))  # one position for each row

probabilities = logits.softmax(dim=1)
print(probabilities.argmax(dim=1))
