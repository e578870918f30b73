"""Nine gradients, three ways, in a hundred random networks."""

import torch

from dlcourse.scratch.value import Value


def forward(w11, w12, b1, w21, w22, b2, v1, v2, c):
    """Return h1, h2, y and the loss, from parameters: Values or tensors."""
    h1 = (w11 * 2 + w12 * 3 + b1).relu()
    h2 = (w21 * 2 + w22 * 3 + b2).relu()
    y = (v1 * h1 + v2 * h2 + c).sigmoid()
    return h1.data, h2.data, y.data, (y - 1) ** 2


torch.manual_seed(0)
gaps = []
for _ in range(100):
    tensor = (4 * torch.rand(9, dtype=torch.float64) - 2).requires_grad_()
    forward(*tensor)[-1].backward()
    values = [Value(number) for number in tensor.tolist()]
    h1, h2, y, loss = forward(*values)
    loss.backward()
    g = 2 * (y - 1) * y * (1 - y)  # what by_hand.py calls grad_logit
    g1, g2 = g * values[6].data * (h1 > 0), g * values[7].data * (h2 > 0)
    by_hand = [g1 * 2, g1 * 3, g1, g2 * 2, g2 * 3, g2, g * h1, g * h2, g]
    for hand, value, slope in zip(by_hand, values, tensor.grad, strict=True):
        gaps += [abs(hand - value.grad), abs(hand - slope.item())]

print(f"{len(gaps)} comparisons, largest gap below 1e-12: {max(gaps) < 1e-12}")
