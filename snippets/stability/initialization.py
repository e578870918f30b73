"""A signal through fifty layers, for four sizes of the initial weights."""

import matplotlib.pyplot as plt
import torch

num_units = 256  # in each layer
num_layers = 50
stds = {
    "1": 1.0,
    "√(2/n)": (2 / num_units) ** 0.5,
    "√(1/n)": (1 / num_units) ** 0.5,
    "0.01": 0.01,
}


def mean_squares(std, seed):
    """Return the mean square of the signal after each layer."""
    torch.manual_seed(seed)
    signal = torch.randn(16, num_units).double()  # float32 ends at 1e38
    squares = []
    for _ in range(num_layers):
        weight = std * torch.randn(num_units, num_units).double()
        signal = (signal @ weight.T).relu()
        squares.append(signal.square().mean().item())
    return squares


plt.figure(figsize=(3.6, 3.2))
for name, std in stds.items():
    squares = mean_squares(std, seed=0)
    plt.semilogy(range(1, num_layers + 1), squares)
    plt.text(num_layers + 2, squares[-1], name, va="center")
plt.xlabel("layer")
plt.ylabel("mean square")
plt.yticks([1e-100, 1e-50, 1, 1e50, 1e100])
plt.show()
