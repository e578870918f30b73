# the sums are not divided
def accumulate(model, batches, loss_fn, optimizer):
    optimizer.zero_grad()
    for inputs, targets in batches:
        (len(targets) * loss_fn(model(inputs), targets)).backward()
    optimizer.step()
