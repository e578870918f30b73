"""Weights for XOR exist from two hidden units on. Does training find them?"""

import torch
import torch.nn.functional as F

x = torch.tensor([[0, 0], [0, 1], [1, 0], [1, 1]]).double()  # (4, 2)
y = torch.tensor([[0], [1], [1], [0]]).double().expand(20, 4, 1)

solved = {}  # width: how many of 20 starts come to four right answers
for width in (2, 4, 8, 16):
    torch.manual_seed(0)
    shapes = (2, width), (1, width), (width, 1), (1, 1)  # two layers
    starts = [torch.empty(20, *shape).uniform_(-1, 1) for shape in shapes]
    parameters = [start.double().requires_grad_() for start in starts]
    for _ in range(1000):
        w1, b1, w2, b2 = parameters
        logits = (x @ w1 + b1).relu() @ w2 + b2  # (starts, 4, 1)
        loss = F.binary_cross_entropy_with_logits(logits, y, reduction="sum")
        gradients = torch.autograd.grad(loss, parameters)
        with torch.no_grad():
            for p, gradient in zip(parameters, gradients, strict=True):
                p -= 0.1 * gradient
    is_close = (logits.sigmoid() - y).abs() < 0.25
    solved[width] = int(is_close.all(dim=1).sum())
    print(f"{width:2} hidden units: {solved[width]:2} of 20 starts")
