def accumulate(model, batches, loss_fn, optimizer):
    """Take one step with the gradient of the mean loss over all examples of all parts.

    batches: a list of (inputs, targets). loss_fn(outputs, targets) returns a mean.
    """
    # TODO: empty the gradients, add up those of the parts by their shares, and step once
    raise NotImplementedError
