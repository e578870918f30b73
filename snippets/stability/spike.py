"""The training loss around one bad batch, with and without clipping."""

import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F
from torch import nn

from dlcourse.data.digits import load_digits

train = load_digits().train
x = train.images.flatten(1).double() / 16

plt.figure(figsize=(3.6, 3))
for name, max_norm in {"no clipping": float("inf"), "clipped at 1": 1}.items():
    torch.manual_seed(0)
    hidden, output = nn.Linear(64, 32), nn.Linear(32, 10)
    network = nn.Sequential(hidden, nn.ReLU(), output).double()
    optimizer = torch.optim.SGD(network.parameters(), lr=1.0)
    losses = []
    for step in range(100):
        picked = torch.randint(len(x), (64,))
        images = x[picked]
        if step == 30:
            images = 16 * images  # the bad batch
        logits = network(images)
        loss = F.cross_entropy(logits, train.labels[picked])
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), max_norm)
        optimizer.step()
        losses.append(loss.item())
    plt.semilogy(losses, label=name)
plt.xlabel("step")
plt.ylabel("training loss")
plt.legend()
plt.show()
