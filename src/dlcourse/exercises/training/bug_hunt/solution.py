def train_epoch(model, batches, loss_fn, opt):
    """Train on every batch once, in training mode; return the mean loss per example.

    The result is a Python number. The batches may differ in size.
    """
    model.train()
    total_loss = 0.0
    num_examples = 0
    for x, y in batches:
        logits = model(x)
        loss = loss_fn(logits, y)  # it applies the softmax itself
        opt.zero_grad()
        loss.backward()
        opt.step()
        total_loss += loss.item() * len(x)  # a number, weighted by the batch's size
        num_examples += len(x)
    return total_loss / num_examples
