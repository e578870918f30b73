"""Turn one weight of ten neurons: accuracy is a staircase, the loss is not."""

import matplotlib.pyplot as plt
import torch
from torch import nn

from dlcourse.data.digits import load_digits

train = load_digits().train
x, labels = train.images.flatten(1).double()[:100] / 16, train.labels[:100]
torch.manual_seed(0)
neurons = nn.Linear(64, 10).double()
optimizer = torch.optim.Adam(neurons.parameters(), lr=0.1)
for _ in range(10):
    optimizer.zero_grad()
    nn.functional.cross_entropy(neurons(x), labels).backward()
    optimizer.step()

nudges = torch.linspace(-4, 4, 161).double()
logits = neurons(x).detach().repeat(161, 1, 1)  # (nudge, picture, digit)
logits[:, :, 3] += nudges[:, None] * x[:, 36]  # pixel 36 weighs more for a 3
right = 100 * (logits.argmax(dim=2) == labels).double().mean(dim=1)  # (nudge,)
loss = [nn.functional.cross_entropy(each, labels) for each in logits]

_, panels = plt.subplots(2, figsize=(3.6, 3.8), sharex=True)
panels[0].plot(nudges, right, "C0", drawstyle="steps-mid")
panels[1].plot(nudges, loss, "C1")
panels[0].set(title="accuracy, percent")
panels[1].set(title="loss", xlabel="change of one weight")
plt.show()
