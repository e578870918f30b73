"""How often does a random symmetric matrix curve upwards everywhere?"""

import torch

torch.manual_seed(0)
shares = {}
for n in (1, 2, 3, 5, 8):
    a = torch.randn(20_000, n, n, dtype=torch.float64)
    hessians = a + a.transpose(1, 2)
    curvatures = torch.linalg.eigvalsh(hessians)  # in n directions
    shares[n] = (curvatures > 0).all(dim=1).double().mean().item()
    print(f"{n} parameters: {shares[n]:5.1%}")
