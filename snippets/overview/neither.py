"""What does a network that knows zeros and ones say to other digits?"""

import torch
from torch import nn

from dlcourse.data.digits import load_digits

torch.manual_seed(0)
digits = load_digits()
chosen = digits.train.labels < 2
train, answers = digits.train.images[chosen], digits.train.labels[chosen]
others = digits.test.images[digits.test.labels > 1]

layers = [nn.Linear(64, 8), nn.ReLU(), nn.Linear(8, 2)]
model = nn.Sequential(nn.Flatten(), *layers)
optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
for _ in range(50):
    loss = nn.functional.cross_entropy(model(train.float()), answers)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()

probabilities = model(others.float()).softmax(dim=1)
is_sure = probabilities.max(dim=1).values > 0.9
print(len(others), "pictures of a 2, 3, 4, 5, 6, 7, 8 or 9")
print("in most more than 90 % sure:", bool(is_sure.float().mean() > 0.5))
