"""Ten neurons, many learning rates: how far do twenty steps get?"""

import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F

from dlcourse.data.digits import load_digits

train = load_digits().train
x = F.pad(train.images.flatten(1).double() / 16, (0, 1), value=1.0)  # 1: bias
target = F.one_hot(train.labels).double()

curvatures = torch.linalg.eigvalsh(2 * x.T @ x / target.numel())
limit = 2 / curvatures.max().item()  # for w² it is 2 / 2 = 1
rates, losses = [limit * 1.3**k for k in range(-18, 1)] + [1.1 * limit], []
for rate in rates:
    w = torch.zeros(65, 10, dtype=torch.float64, requires_grad=True)
    for _ in range(20):
        (gradient,) = torch.autograd.grad(F.mse_loss(x @ w, target), w)
        w = (w - rate * gradient).detach().requires_grad_()
    losses.append(F.mse_loss(x @ w, target).item())

plt.figure(figsize=(3.6, 2.8))
plt.semilogx(rates, [min(loss, 1) for loss in losses], "o-", markersize=4)
plt.axvline(limit, color="black", linestyle=":", linewidth=1.2)
plt.axis((6e-3, 3, 0, 0.15))
plt.xlabel("learning rate")
plt.ylabel("loss after 20 steps")
plt.show()
assert losses[-1] > 10 > losses[0]
