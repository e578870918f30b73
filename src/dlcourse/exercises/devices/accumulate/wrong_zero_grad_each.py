# only the last part
def accumulate(model, batches, loss_fn, optimizer):
    num_examples = sum(len(targets) for _, targets in batches)
    for inputs, targets in batches:
        optimizer.zero_grad()
        share = len(targets) / num_examples
        (share * loss_fn(model(inputs), targets)).backward()
    optimizer.step()
