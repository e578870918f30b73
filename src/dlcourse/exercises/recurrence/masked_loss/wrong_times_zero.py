# infinity times zero
def masked_loss(losses, lengths):
    total = 0
    for row, length in zip(losses, lengths, strict=True):
        for step, loss in enumerate(row):
            total += loss * (step < length)
    return total / sum(lengths)
