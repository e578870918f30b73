# the losses are added up
def accumulate(model, batches, loss_fn, optimizer):
    optimizer.zero_grad()
    for inputs, targets in batches:
        loss_fn(model(inputs), targets).backward()
    optimizer.step()
