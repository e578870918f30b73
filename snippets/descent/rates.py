"""Ten neurons, many learning rates: how far do twenty steps get?"""

import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F

from dlcourse.data.digits import load_digits

train = load_digits().train
images = train.images.flatten(1).double() / 16  # (1295, 64)
ones = torch.ones(len(images), 1)
x = torch.cat([images, ones], dim=1)  # (1295, 65): the weight of 1 is the bias
target = F.one_hot(train.labels).double()  # (1295, 10)


def loss_of(weight):
    """Return the squared error of ten neurons."""
    return F.mse_loss(x @ weight.T, target)


def loss_after_20_steps(rate):
    """Return the loss of ten neurons that started at 0."""
    weight = torch.zeros(10, 65, dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.SGD([weight], lr=rate)
    for _ in range(20):
        loss = loss_of(weight)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return loss_of(weight).item()


# The loss is a bowl. For squared error the curvatures of this bowl, each in a
# direction of its own, are the eigenvalues of a matrix made of the inputs.
matrix = 2 * x.T @ x / target.numel()  # (65, 65)
curvatures = torch.linalg.eigvalsh(matrix)
largest = curvatures.max().item()
limit = 2 / largest

rates = [limit * 1.3**k for k in range(-18, 1)]
rates.append(1.1 * limit)
losses = [loss_after_20_steps(rate) for rate in rates]

plt.figure(figsize=(3.6, 2.8))
plt.semilogx(rates, losses, "o-", markersize=4)
plt.axvline(limit, color="black", linestyle=":")
plt.axis((6e-3, 3, 0, 0.15))
plt.xlabel("learning rate")
plt.ylabel("loss after 20 steps")
plt.show()

best = rates[losses.index(min(losses))]
assert limit / 2 < best < limit
assert losses[-1] > 10 > losses[0]
