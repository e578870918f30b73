# the parts wait in memory
def accumulate(model, batches, loss_fn, optimizer):
    num_examples = sum(len(targets) for _, targets in batches)
    total_loss = 0.0
    for inputs, targets in batches:
        share = len(targets) / num_examples
        total_loss += share * loss_fn(model(inputs), targets)
    optimizer.zero_grad()
    total_loss.backward()
    optimizer.step()
