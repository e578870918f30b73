# one step off
def masked_loss(losses, lengths):
    real = []
    for row, length in zip(losses, lengths, strict=True):
        real += row[: length + 1]
    return sum(real) / len(real)
