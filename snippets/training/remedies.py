"""Against overfitting: a fifth of the labels are drawn by chance."""

import torch
from torch import nn

from dlcourse.data.digits import load_digits
from dlcourse.training.loop import evaluate, train_epoch

digits, cpu = load_digits(), torch.device("cpu")
x, y = digits.train.images.double() / 16, digits.train.labels
new = digits.validation.images.double() / 16, digits.validation.labels
settings = {  # pictures, weight decay, share that dropout zeroes
    "nothing": (150, 0, 0),
    "weight decay": (150, 1, 0),
    "dropout": (150, 0, 0.8),
    "five times the pictures": (750, 0, 0),
}
for name, (n, decay, p) in settings.items():
    right = torch.zeros(5, 20)  # seeds, epochs
    for seed in range(5):
        torch.manual_seed(seed)
        labels = torch.cat([torch.randint(10, (n // 5,)), y[n // 5 : n]])
        layers = nn.Linear(64, 99), nn.ReLU(), nn.Dropout(p), nn.Linear(99, 10)
        model = nn.Sequential(nn.Flatten(), *layers).double()
        adam = torch.optim.AdamW(model.parameters(), 0.02, weight_decay=decay)
        for epoch in range(20):
            train_epoch(model, [(x[:n], labels)], adam, cpu)
            right[seed, epoch] = evaluate(model, [new], cpu)[1]
    best, end = right.amax(dim=1).mean(), right[:, -1].mean()
    print(f"{name:24} best epoch {best:.1%}, last epoch {end:.1%}")
