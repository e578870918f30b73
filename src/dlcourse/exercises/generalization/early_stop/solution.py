def early_stop(losses, patience):
    """Return the epoch at which training stops, counted from 0.

    losses are the validation losses, epoch by epoch.
    """
    best_epoch = 0
    for epoch, loss in enumerate(losses):
        if loss < losses[best_epoch]:  # an equal loss is not better
            best_epoch = epoch
        if epoch - best_epoch >= patience:
            return epoch
    return len(losses) - 1


def read_curves(training, validation, good_loss):
    """Return "overfitting", "good", "too little training" or "too little capacity".

    training and validation are losses, epoch by epoch.
    """
    if validation[-1] > 1.1 * min(validation):
        return "overfitting"
    if training[-1] <= good_loss:
        return "good"
    quarter = len(training) // 4
    if training[-1] < 0.95 * training[-1 - quarter]:  # still falling
        return "too little training"
    return "too little capacity"
