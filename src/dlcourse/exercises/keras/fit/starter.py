def fit(model, x, y, batch_size, epochs, validation_data=None):
    """Train a model, and return a dictionary with the losses of each epoch.

    validation_data: a pair of inputs and labels, which are only measured.
    """
    # TODO: in each epoch train on the batches, then measure; record both
    raise NotImplementedError
