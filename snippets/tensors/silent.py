"""Perfect predictions, and yet an error: broadcasting hid a wrong shape."""

import torch

targets = torch.tensor([0.0, 1.0, 2.0, 3.0])  # (4,)
predictions = targets.reshape(4, 1)  # the same, as a network returns them

differences = predictions - targets
squares = differences**2
error = squares.mean().item()
print("differences", tuple(differences.shape), "mean squared error", error)

differences = predictions.flatten() - targets
squares = differences**2
error = squares.mean().item()
print("differences", tuple(differences.shape), "mean squared error", error)
