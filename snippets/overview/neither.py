"""What does the zero-or-one network answer for other digits?"""

import torch
from torch import nn

from dlcourse.data.digits import load_digits

torch.manual_seed(0)
digits = load_digits()
chosen = digits.train.labels < 2
train = digits.train.images[chosen].flatten(1).float()
answers = digits.train.labels[chosen]

model = nn.Sequential(
    nn.Linear(64, 8),
    nn.ReLU(),
    nn.Linear(8, 8),
    nn.ReLU(),
    nn.Linear(8, 2),
)
optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
for _ in range(50):
    loss = nn.functional.cross_entropy(model(train), answers)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()

is_other = digits.test.labels > 1
others = digits.test.images[is_other].flatten(1).float()
probabilities = model(others).softmax(dim=1)  # (others, 2)
is_sure = probabilities.max(dim=1).values > 0.9
share_sure = is_sure.double().mean().item()
print(len(others), "images of a 2, 3, 4, 5, 6, 7, 8 or 9")
print("in most a probability above 90%:", share_sure > 0.5)
