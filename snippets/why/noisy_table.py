"""Two columns decide, the others are noise: trees against a network."""

import matplotlib.pyplot as plt
import torch
from sklearn.ensemble import HistGradientBoostingClassifier
from torch import nn

from dlcourse.training.loop import evaluate, train_epoch

torch.manual_seed(0)
num_noise, trees, network = [0, 5, 10], [], []
for noise in num_noise:
    x = 2 * torch.rand(4000, 2 + noise).double() - 1  # from -1 to 1
    y = (2 * x[:, :2]).floor().long().sum(dim=1) % 2  # a 4 x 4 chessboard
    train, test = (x[:2000], y[:2000]), (x[2000:], y[2000:])
    trees.append(HistGradientBoostingClassifier().fit(*train).score(*test))
    hidden = [nn.Linear(2 + noise, 64), nn.ReLU(), nn.Linear(64, 64), nn.ReLU()]
    model = nn.Sequential(*hidden, nn.Linear(64, 2)).double()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.003)
    for _ in range(200):
        train_epoch(model, [train], optimizer, torch.device("cpu"))
    share = evaluate(model, [test], torch.device("cpu"))[1]
    network.append(int(100 * share) / 100)  # what follows varies by processor
plt.figure(figsize=(3.7, 2.6))
plt.plot(num_noise, trees, "o-", label="boosted trees")
plt.plot(num_noise, network, "s--", label="network")
plt.axhline(0.5, ls=":", c="black", label="guessing")
plt.gca().set(xlabel="noise columns", ylabel="share right")
plt.legend()
plt.show()
