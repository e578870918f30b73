"""The answer to the exercise generalization/early_stop."""


def early_stop(losses, patience):
    """Return the epoch at which training stops, counted from 0."""
    best_epoch = 0
    for epoch, loss in enumerate(losses):
        if loss < losses[best_epoch]:
            best_epoch = epoch
        if epoch - best_epoch >= patience:
            return epoch
    return len(losses) - 1


assert early_stop([3, 2, 1, 2, 2, 0], patience=2) == 4
assert early_stop([3, 2, 1], patience=2) == 2  # it never stops early
assert early_stop([1, 1, 1], patience=2) == 2  # equal is not lower
