"""One ReLU layer multiplies the size of its signal by a factor."""

import torch

torch.manual_seed(0)
num_units = 256  # as many outputs as inputs
signal = torch.randn(1000, num_units)  # (examples, units), mean square 1

stds = {
    "1": 1.0,
    "sqrt(2/n)": (2 / num_units) ** 0.5,
    "sqrt(1/n)": (1 / num_units) ** 0.5,
    "0.01": 0.01,
}
factors = {}
print("std        n * std² / 2   measured")
for name, std in stds.items():
    weight = std * torch.randn(num_units, num_units)  # (out, in)
    output = (signal @ weight.T).relu()

    expected = num_units * std**2 / 2
    factor = output.square().mean() / signal.square().mean()
    factors[name] = factor.item()
    print(f"{name:11}{expected:12.4f}{factor:11.4f}")
