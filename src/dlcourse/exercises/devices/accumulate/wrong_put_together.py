# the parts are put together
import torch


def accumulate(model, batches, loss_fn, optimizer):
    inputs = torch.cat([inputs for inputs, _ in batches])
    targets = torch.cat([targets for _, targets in batches])
    optimizer.zero_grad()
    loss_fn(model(inputs), targets).backward()
    optimizer.step()
