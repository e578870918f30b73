"""Three learning curves: too few parameters, enough, too many."""

import matplotlib.pyplot as plt
import torch
from torch import nn

from dlcourse.data.digits import load_digits
from dlcourse.training.loop import evaluate, train_epoch

digits, cpu = load_digits(), torch.device("cpu")
x, y = digits.train.images.double() / 16, digits.train.labels
validation = digits.validation.images.double() / 16, digits.validation.labels
torch.manual_seed(0)
labels = y[:150].clone()
labels[:30] = torch.randint(10, (30,))  # wrong, nearly all of them
rows = (2, (x, y)), (64, (x, y)), (256, (x[:150], labels))
panels = plt.subplots(3, 1, figsize=(3.6, 5), sharex=True)[1]
for axes, (width, train) in zip(panels, rows, strict=True):
    layers = nn.Flatten(), nn.Linear(64, width), nn.Tanh(), nn.Linear(width, 10)
    model, seen, new = nn.Sequential(*layers).double(), [], []
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    for _ in range(100):
        seen.append(train_epoch(model, [train], optimizer, cpu))
        new.append(evaluate(model, [validation], cpu)[0])
    axes.plot(seen, "C0", label="training")
    axes.plot(new, "C1--", label="validation")
    axes.set(ylim=(0, 3), ylabel="loss")
panels[1].legend()
panels[2].set_xlabel("epoch")
plt.show()
