"""The loop, line by line, and the one that comes with dlcourse."""

import torch
import torch.nn.functional as F
from torch.nn.utils import parameters_to_vector

from dlcourse.data.batches import Batches
from dlcourse.data.digits import load_digits
from dlcourse.models.mlp import MLP
from dlcourse.training.loop import train_epoch

train, device, networks = load_digits().train, torch.device("cpu"), []
for is_written_out in (True, False):
    torch.manual_seed(0)  # the same first weights, and the same order
    model, order = MLP(in_features=64), torch.Generator().manual_seed(0)
    optimizer = torch.optim.AdamW(model.parameters(), lr=0.003)
    batches = Batches(train, 64, max_value=16, device=device, generator=order)
    model.train()
    for images, labels in batches if is_written_out else ():
        loss = F.cross_entropy(model(images), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    if not is_written_out:
        train_epoch(model, batches, optimizer, device)
    networks.append(parameters_to_vector(model.parameters()))

num_updates = len(batches)
print(f"one epoch, {num_updates} updates")
print(f"all {len(networks[0]):,} parameters equal: {torch.equal(*networks)}")
