def masked_loss(losses, lengths):
    """Return the mean of the losses over all real steps of the batch.

    losses: a list of losses for each sequence; lengths: its real steps, which come first.
    """
    # TODO: collect the losses of the real steps, and take their mean
    raise NotImplementedError
