def masked_loss(losses, lengths):
    """Return the mean of the losses over all real steps of the batch.

    losses: a list of losses for each sequence; lengths: its real steps, which come first.
    """
    real = []
    for row, length in zip(losses, lengths, strict=True):
        real += row[:length]
    return sum(real) / len(real)
