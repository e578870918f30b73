"""A sum of ReLUs follows a sine; no training, the weights are computed."""

import matplotlib.pyplot as plt
import torch

end = 2 * torch.pi


def relu_sum(x, num_units):
    """Add up ReLUs: each starts at its kink and changes the slope there."""
    kinks = torch.linspace(0, end, num_units + 1).double()
    rise = kinks.sin().diff()  # from one kink to the next
    slopes = rise / kinks.diff()
    weights = slopes.diff(prepend=torch.zeros(1))  # what each kink changes
    distance = x[:, None] - kinks[:-1]  # (points, units)
    return distance.relu() @ weights


inside = torch.linspace(0, end, 10_001).double()
x = torch.linspace(-2, 10, 601).double()
unit_counts = (3, 5, 10, 20, 40)
errors = {}
for num_units in unit_counts:
    difference = relu_sum(inside, num_units) - inside.sin()
    error = difference.abs().max().item()
    errors[num_units] = error
    print(f"{num_units} units: largest error {error:.4f}")
    width = end / num_units
    assert error <= width**2 / 8  # the bound for straight pieces

    plt.figure(figsize=(3.6, 2.6))
    plt.axvspan(0, end, color="C0", alpha=0.15, linewidth=0)
    plt.plot(x, x.sin(), "k-", linewidth=1, label="sine")
    plt.plot(x, relu_sum(x, num_units), "C1--", label="sum of ReLUs")
    plt.legend(loc="upper left", fontsize=9)
    plt.xticks([0, end], ["0", "2π"])
    plt.ylim(-2.2, 4.2)
plt.show()
