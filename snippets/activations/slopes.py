"""Values and slopes: by formula, by PyTorch and by dlcourse.scratch."""

import math

import torch
import torch.nn.functional as F

from dlcourse.scratch.value import Value

z = torch.linspace(-6, 6, 1201, dtype=torch.float64, requires_grad=True)
s, t, is_on = z.sigmoid(), z.tanh(), (z > 0).double()
bell = torch.exp(-(z**2) / 2) / math.sqrt(2 * math.pi)
share = (1 + torch.erf(z / math.sqrt(2))) / 2  # of the bell's area, left of z
rows = {  # name: value, slope by formula
    "sigmoid": (s, s * (1 - s)),
    "tanh": (t, 1 - t**2),
    "relu": (F.relu(z), is_on),
    "leaky": (F.leaky_relu(z, 0.01), 0.01 + 0.99 * is_on),
    "gelu": (F.gelu(z), share + z * bell),
}
print("              value             slope")
for name, (value, formula) in rows.items():
    (slope,) = torch.autograd.grad(value.sum(), z, retain_graph=True)
    assert torch.allclose(slope, formula)
    for place in range(0, 1201, 100) if hasattr(Value, name) else []:
        scratch = Value(z[place].item())
        getattr(scratch, name)().backward()  # as in scratch.relu().backward()
        assert math.isclose(scratch.grad, slope[place])
    ends = [value.min(), value.max(), slope.min(), slope.max()]
    print(f"{name:8}" + "{:7.2f} to{:6.2f}  {:6.2f} to{:6.2f}".format(*ends))
