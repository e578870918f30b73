"""Nine slopes, three ways, in a hundred random networks."""

import torch

from dlcourse.scratch.value import Value


def forward(w11, w12, b1, w21, w22, b2, v1, v2, c):
    """Return h1, h2, y and the loss, for parameters of either kind."""
    h1 = (w11 * 2 + w12 * 3 + b1).relu()
    h2 = (w21 * 2 + w22 * 3 + b2).relu()
    y = (v1 * h1 + v2 * h2 + c).sigmoid()
    loss = (y - 1) ** 2
    return h1, h2, y, loss


def backward_by_hand(h1, h2, y, v1, v2):
    """Return the nine slopes, as by_hand.py computes them."""
    grad_logit = 2 * (y - 1) * y * (1 - y)
    grad_z1 = grad_logit * v1 * (h1 > 0)
    grad_z2 = grad_logit * v2 * (h2 > 0)
    return [
        grad_z1 * 2,
        grad_z1 * 3,
        grad_z1,
        grad_z2 * 2,
        grad_z2 * 3,
        grad_z2,
        grad_logit * h1,
        grad_logit * h2,
        grad_logit,
    ]


torch.manual_seed(0)
gaps = []
for _ in range(100):
    numbers = 4 * torch.rand(9, dtype=torch.float64) - 2  # from -2 to 2

    parameters = numbers.clone().requires_grad_()
    h1, h2, y, loss = forward(*parameters)
    loss.backward()

    values = [Value(number) for number in numbers.tolist()]
    h1, h2, y, loss = forward(*values)
    loss.backward()

    v1 = values[6].data
    v2 = values[7].data
    slopes = backward_by_hand(h1.data, h2.data, y.data, v1, v2)
    for place, slope in enumerate(slopes):
        gaps.append(abs(slope - values[place].grad))
        gaps.append(abs(slope - parameters.grad[place].item()))

is_small = max(gaps) < 1e-12
print(f"{len(gaps)} comparisons, largest gap below 1e-12: {is_small}")
