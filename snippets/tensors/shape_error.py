"""Two tables that cannot be multiplied, and two ways to make them."""

import torch

a = torch.tensor([[1, 2], [3, 4], [5, 6]])  # (3, 2)
b = torch.tensor([[1, 0], [0, 1], [1, 1]])  # (3, 2)

try:
    a @ b
except RuntimeError as error:
    print("RuntimeError:", error)

print("a.T @ b:", (a.T @ b).tolist())  # (2, 3) @ (3, 2)
print("a @ b.T:", (a @ b.T).tolist())  # (3, 2) @ (2, 3)
