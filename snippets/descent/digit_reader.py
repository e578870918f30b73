"""Our digit reader: ten neurons, thirty steps by each of two optimizers."""

import torch
import torch.nn.functional as F
from torch import nn

from dlcourse.data.digits import load_digits

digits = load_digits()
x, pictures = (s.images.double() / 16 for s in (digits.train, digits.test))
moved = [pictures.roll(step, axis) for step in (-1, 1) for axis in (2, 3)]


for name, rate in (("SGD", 1.0), ("Adam", 0.1)):
    scores = torch.zeros(5, dtype=torch.float64)
    for seed in range(5):
        torch.manual_seed(seed)
        neurons = nn.Sequential(nn.Flatten(), nn.Linear(64, 10)).double()
        optimizer = getattr(torch.optim, name)(neurons.parameters(), lr=rate)
        for _ in range(30):
            loss = F.cross_entropy(neurons(x), digits.train.labels)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        for place, p in enumerate((pictures, *moved)):
            hits = neurons(p).argmax(dim=1) == digits.test.labels
            scores[place] += 100 * hits.double().mean() / 5
    accuracy, shifted = scores[0].item(), scores[1:].mean().item()
    title = f"ten neurons, {name}"
    print(f"{title:<22}{accuracy:6.1f} %{shifted:6.1f} % moved")
