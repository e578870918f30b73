"""Perfect predictions, and yet an error: broadcasting hid a wrong shape."""

import torch

targets = torch.tensor([0.0, 1.0, 2.0, 3.0])  # (4,)
predictions = targets.reshape(4, 1)  # the same, as a network gives them

differences = predictions - targets
error = (differences**2).mean().item()
print("differences", tuple(differences.shape), "mean squared error", error)

differences = predictions.flatten() - targets
error = (differences**2).mean().item()
print("differences", tuple(differences.shape), "mean squared error", error)
