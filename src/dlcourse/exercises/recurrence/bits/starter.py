def compare_with_counts(train, validation, loss):
    """Return the bits per character of counting pairs, and of a network.

    train and validation are texts; loss is the network's, in nats per character.
    """
    # TODO: count the pairs, and take the mean of -log2; then write the training step
    raise NotImplementedError


def train_step(network, optimizer, windows):
    """Train on a batch of windows once; return the loss before, in nats per character.

    windows: numbers of characters, (batch, length + 1).
    """
    raise NotImplementedError
