# padding counts
def masked_loss(losses, lengths):
    everything = []
    for row in losses:
        everything += row
    return sum(everything) / len(everything)
