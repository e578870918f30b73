"""The loop written out, and train_epoch: the same parameters to the bit."""

import torch
import torch.nn.functional as F
from torch.nn.utils import parameters_to_vector

from dlcourse.data.batches import Batches
from dlcourse.data.digits import load_digits
from dlcourse.models.mlp import MLP
from dlcourse.training.loop import train_epoch

train = load_digits().train
cpu = torch.device("cpu")


def start():
    """Return a network, its optimizer and batches, always the same ones."""
    torch.manual_seed(0)
    model = MLP(in_features=64)
    optimizer = torch.optim.AdamW(model.parameters(), lr=0.003)
    order = torch.Generator().manual_seed(0)
    batches = Batches(train, 64, max_value=16, device=cpu, generator=order)
    return model, optimizer, batches


model, optimizer, batches = start()
model.train()
for images, labels in batches:
    loss = F.cross_entropy(model(images), labels)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
written_out = parameters_to_vector(model.parameters())  # all in one row

model, optimizer, batches = start()
train_epoch(model, batches, optimizer, cpu)
by_helper = parameters_to_vector(model.parameters())

is_equal = torch.equal(written_out, by_helper)
print(f"one epoch, {len(batches)} updates")
print(f"all {len(written_out):,} parameters equal: {is_equal}")
