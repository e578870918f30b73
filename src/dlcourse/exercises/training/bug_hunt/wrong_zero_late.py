# the gradients are deleted
def train_epoch(model, batches, loss_fn, opt):
    model.train()
    total_loss = 0.0
    num_examples = 0
    for x, y in batches:
        logits = model(x)
        loss = loss_fn(logits, y)
        loss.backward()
        opt.zero_grad()
        opt.step()
        total_loss += loss.item() * len(x)
        num_examples += len(x)
    return total_loss / num_examples
