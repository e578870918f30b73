def early_stop(losses, patience):
    """Return the epoch at which training stops, counted from 0.

    losses are the validation losses, epoch by epoch.
    """
    # TODO: find the epoch, then write read_curves as well
    raise NotImplementedError


def read_curves(training, validation, good_loss):
    """Return "overfitting", "good", "too little training" or "too little capacity".

    training and validation are losses, epoch by epoch.
    """
    raise NotImplementedError
