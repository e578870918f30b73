"""Change one weight of ten neurons: accuracy is a staircase, loss is not."""

import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F
from torch import nn

from dlcourse.data.digits import load_digits

train = load_digits().train
x = train.images.flatten(1).double()[:100] / 16  # (100, 64)
labels = train.labels[:100]
torch.manual_seed(0)
neurons = nn.Linear(64, 10).double()  # neuron 3 stands for the digit 3
optimizer = torch.optim.Adam(neurons.parameters(), lr=0.1)
for _ in range(10):
    loss = F.cross_entropy(neurons(x), labels)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()

start = neurons.weight[3, 36].item()  # neuron 3, pixel 36 of 64
changes = torch.linspace(-4, 4, 161).tolist()
accuracies = []
losses = []
for change in changes:
    with torch.no_grad():
        neurons.weight[3, 36] = start + change
        logits = neurons(x)
    is_correct = logits.argmax(dim=1) == labels
    accuracies.append(100 * is_correct.double().mean().item())
    losses.append(F.cross_entropy(logits, labels).item())

_, panels = plt.subplots(2, figsize=(3.6, 3.8), sharex=True)
panels[0].plot(changes, accuracies, "C0", drawstyle="steps-mid")
panels[0].set_title("accuracy in %")
panels[1].plot(changes, losses, "C1")
panels[1].set_title("loss")
panels[1].set_xlabel("change of one weight")
plt.show()
