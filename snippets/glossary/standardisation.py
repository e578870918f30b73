"""After standardisation a column has mean 0 and standard deviation 1."""

import torch

heights = torch.tensor([150.0, 160.0, 170.0, 180.0, 190.0])
standardised = (heights - heights.mean()) / heights.std()
print(standardised)
print(f"{abs(standardised.mean()):.4f} {standardised.std():.4f}")
