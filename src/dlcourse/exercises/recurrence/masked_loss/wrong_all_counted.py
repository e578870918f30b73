# divided by all steps
def masked_loss(losses, lengths):
    total = 0
    for row, length in zip(losses, lengths, strict=True):
        total += sum(row[:length])
    return total / (len(losses) * len(losses[0]))
