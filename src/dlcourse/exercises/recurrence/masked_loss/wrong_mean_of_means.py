# mean of means
def masked_loss(losses, lengths):
    means = []
    for row, length in zip(losses, lengths, strict=True):
        means.append(sum(row[:length]) / length)
    return sum(means) / len(means)
