# it has stopped falling
def early_stop(losses, patience):
    best_epoch = 0
    for epoch, loss in enumerate(losses):
        if loss < losses[best_epoch]:
            best_epoch = epoch
        if epoch - best_epoch >= patience:
            return epoch
    return len(losses) - 1


def read_curves(training, validation, good_loss):
    if validation[-1] > 1.1 * min(validation):
        return "overfitting"
    if training[-1] <= good_loss:
        return "good"
    quarter = len(training) // 4
    if training[-1] < 0.95 * training[0]:
        return "too little training"
    return "too little capacity"
