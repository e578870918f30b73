"""train_epoch is the four lines, run once on each batch."""

import torch
from torch import nn

from dlcourse.training.loop import train_epoch

torch.manual_seed(0)
first_batch = (
    torch.randn(4, 3),  # four examples with three inputs each
    torch.tensor([0, 1, 0, 1]),  # their classes
)
last_batch = (
    torch.randn(2, 3),
    torch.tensor([1, 0]),
)
batches = [first_batch, last_batch]

model = nn.Linear(3, 2)
twin = nn.Linear(3, 2)
twin.load_state_dict(model.state_dict())  # the same weights at the start

optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
loss_fn = nn.functional.cross_entropy
for inputs, labels in batches:
    loss = loss_fn(model(inputs), labels)  # 1
    optimizer.zero_grad()  # 2
    loss.backward()  # 3
    optimizer.step()  # 4

optimizer = torch.optim.SGD(twin.parameters(), lr=0.1)
device = torch.device("cpu")  # calculate on the ordinary processor
train_epoch(twin, batches, optimizer, device)

print("the same weights:", torch.equal(model.weight, twin.weight))
