def accumulate(model, batches, loss_fn, optimizer):
    """Take one step with the gradient of the mean loss over all examples of all parts.

    batches: a list of (inputs, targets). loss_fn(outputs, targets) returns a mean.
    """
    num_examples = sum(len(targets) for _, targets in batches)
    optimizer.zero_grad()
    for inputs, targets in batches:
        share = len(targets) / num_examples  # of the whole batch
        loss = loss_fn(model(inputs), targets)
        (share * loss).backward()  # adds to .grad
    optimizer.step()
