"""The temperature divides the logits before the softmax."""

import torch

letters = "eaoiu"
logits = torch.tensor([2.0, 1.5, 1.0, 0.0, -1.0])  # the next letter
for temperature in (0.1, 0.5, 1.0, 2.0, 100.0):
    probabilities = (logits / temperature).softmax(dim=0)
    row = f"{temperature:5}"
    for letter, probability in zip(letters, probabilities, strict=True):
        row += f"  {letter} {probability:4.0%}"
    print(row)
