"""The slopes of five activations: by formula and by PyTorch."""

import math

import torch
import torch.nn.functional as F

z = torch.linspace(-6, 6, 1201).double().requires_grad_()
s = z.sigmoid()
t = z.tanh()
is_positive = (z > 0).double()
bell = torch.exp(-(z**2) / 2) / math.sqrt(2 * math.pi)
area = (1 + torch.erf(z / math.sqrt(2))) / 2  # of the bell, left of z

values = {
    "sigmoid": s,
    "tanh": t,
    "relu": F.relu(z),
    "leaky": F.leaky_relu(z, 0.01),
    "gelu": F.gelu(z),
}
formulas = {
    "sigmoid": s * (1 - s),
    "tanh": 1 - t**2,
    "relu": is_positive,
    "leaky": 0.01 + 0.99 * is_positive,
    "gelu": area + z * bell,
}
print("              value             slope")
for name, value in values.items():
    # One slope for each z. retain_graph: s and t are needed again
    (slope,) = torch.autograd.grad(value.sum(), z, retain_graph=True)
    assert torch.allclose(slope, formulas[name])
    row = f"{name:8}{value.min():7.2f} to{value.max():6.2f}"
    print(f"{row}  {slope.min():6.2f} to{slope.max():6.2f}")
