"""The return of REINFORCE over its updates, for five seeds."""

import matplotlib.pyplot as plt
import torch

from dlcourse.data.environments import Episodes, load_environment
from dlcourse.tasks.reinforce import Reinforce

family = Reinforce("reinforce")
plt.figure(figsize=(4.2, 3))
for data, color in (("corridor", "C0"), ("grid", "C1")):
    environment = load_environment(data)
    curves = []
    for seed in range(5):
        torch.manual_seed(seed)
        network = family.build(family.about(environment))
        optimizer = torch.optim.Adam(network.parameters(), lr=0.02)
        generator = torch.Generator().manual_seed(seed)
        batches = Episodes(
            environment,
            1280,
            32,
            100,
            0.9,
            generator,
        )
        shares = []
        for batch in batches:
            total, count = family.measure(network, batch)["share_of_optimum"]
            shares.append(total.item() / count)
            loss = family.loss(network, batch)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        curves.append(shares)
    curves = torch.tensor(curves)  # (seeds, updates)
    updates = range(1, curves.shape[1] + 1)
    mean = curves.mean(dim=0)
    lowest = curves.amin(dim=0)
    highest = curves.amax(dim=0)
    plt.plot(updates, mean, color=color, label=data)
    plt.fill_between(
        updates,
        lowest,
        highest,
        color=color,
        alpha=0.25,
    )
plt.xlabel("update")
plt.ylabel("share of the best return")
plt.ylim(0, 1.02)
plt.legend()
plt.show()
