"""After standardization a column has mean 0 and standard deviation 1."""

import torch

heights = torch.tensor([150.0, 160.0, 170.0, 180.0, 190.0])
centered = heights - heights.mean()
standardized = centered / heights.std()
print(standardized)
print(f"{abs(standardized.mean()):.4f} {standardized.std():.4f}")
