"""Zero or one? Third way: the data choose what to look at, too."""

import torch  # A PERSON: this kind of model
from torch import nn  # A PERSON

from dlcourse.data.digits import load_digits


def zeros_and_ones(split):
    """Return pictures as rows of 64 numbers from 0 to 16, and their digits."""
    chosen = split.labels < 2
    return split.images[chosen].flatten(1).float(), split.labels[chosen]


train, train_digits = zeros_and_ones(load_digits().train)
test, test_digits = zeros_and_ones(load_digits().test)

torch.manual_seed(0)  # A PERSON
model = nn.Sequential(nn.Linear(64, 8), nn.ReLU(), nn.Linear(8, 2))  # A PERSON
optimizer = torch.optim.Adam(model.parameters(), lr=0.01)  # A PERSON
for _ in range(50):  # A PERSON
    loss = nn.functional.cross_entropy(model(train), train_digits)  # THE DATA
    optimizer.zero_grad()  # THE DATA
    loss.backward()  # THE DATA
    optimizer.step()  # THE DATA
answers = model(test).argmax(dim=1)  # THE DATA

pairs = zip(answers.tolist(), test_digits.tolist(), strict=True)
num_right = sum(answer == digit for answer, digit in pairs)
print(num_right, "of", len(test), "right")
