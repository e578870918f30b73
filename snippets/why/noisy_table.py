"""Two columns decide, the others are noise: trees against a network."""

import matplotlib.pyplot as plt
import torch
from sklearn.ensemble import HistGradientBoostingClassifier
from torch import nn

from dlcourse.training.loop import evaluate, train_epoch

cpu = torch.device("cpu")
torch.manual_seed(0)
num_noise = [0, 5, 10]
trees = []
network = []
for noise in num_noise:
    # A chessboard of 4 x 4 fields: the first two columns are the place.
    x = torch.rand(4000, 2 + noise).double()
    x = 2 * x - 1  # from -1 to 1
    place = x[:, :2]
    field = (2 * place).floor().long()  # (4000, 2): its row and column
    y = field.sum(dim=1) % 2  # the color of the field, 0 or 1
    train = (x[:2000], y[:2000])
    test = (x[2000:], y[2000:])

    boosted = HistGradientBoostingClassifier().fit(*train)
    trees.append(boosted.score(*test))

    # 64-bit: the same result on every processor
    model = nn.Sequential(
        nn.Linear(2 + noise, 64, dtype=x.dtype),
        nn.ReLU(),
        nn.Linear(64, 64, dtype=x.dtype),
        nn.ReLU(),
        nn.Linear(64, 2, dtype=x.dtype),
    )
    optimizer = torch.optim.Adam(model.parameters(), lr=0.003)
    for _ in range(200):
        train_epoch(model, [train], optimizer, cpu)
    _, accuracy = evaluate(model, [test], cpu)
    network.append(accuracy)

plt.figure(figsize=(3.7, 2.6))
plt.plot(num_noise, trees, "o-", label="boosted trees")
plt.plot(num_noise, network, "s--", label="network")
plt.axhline(0.5, ls=":", c="black", label="guessing")
plt.xlabel("noise columns")
plt.ylabel("share correct")
plt.legend()
plt.show()
