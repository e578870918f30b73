"""How often does a random symmetric matrix curve upwards everywhere?"""

import torch

torch.manual_seed(0)
shares = {}
for n in (1, 2, 3, 5, 8):
    a = torch.randn(20_000, n, n, dtype=torch.float64)
    mirrored = a.transpose(1, 2)
    # A Hessian is the matrix of a loss's curvatures, and it is symmetric.
    hessians = a + mirrored  # 20,000 of them
    curvatures = torch.linalg.eigvalsh(hessians)  # n for each matrix
    is_upwards = curvatures > 0
    is_minimum = is_upwards.all(dim=1)  # in all n directions
    shares[n] = is_minimum.double().mean().item()
    print(f"{n} parameters: {shares[n]:5.1%}")
