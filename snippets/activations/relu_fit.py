"""A sum of ReLUs fits a sine; no training, the weights are computed."""

import matplotlib.pyplot as plt
import torch

end = 2 * torch.pi


def relu_sum(x, num_units):
    """Each unit starts to count at its kink and corrects the slope there."""
    kinks = torch.linspace(0, end, num_units + 1).double()
    slopes = kinks.sin().diff() / kinks.diff()  # from kink to kink
    weights = slopes.diff(prepend=torch.zeros(1))
    return (x[:, None] - kinks[:-1]).relu() @ weights


inside = torch.linspace(0, end, 10_001).double()
for num_units in (5, 20, 100):
    error = (relu_sum(inside, num_units) - inside.sin()).abs().max().item()
    print(f"{num_units:3} units: largest error {error:.4f}")
    assert error <= (end / num_units) ** 2 / 8  # straight pieces are that near

x = torch.linspace(-2, 10, 601).double()
plt.figure(figsize=(3.6, 2.8))
plt.axvspan(0, end, color="C0", alpha=0.15, linewidth=0)
plt.plot(x, x.sin(), "k-", linewidth=1, label="sine")
plt.plot(x, relu_sum(x, 5), "C1--", label="5 ReLUs")
plt.legend(loc="upper left")
plt.xticks([0, end], ["0", "2π"])
plt.show()
