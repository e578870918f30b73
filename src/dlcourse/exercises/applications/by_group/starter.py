def by_group(predicted, correct, groups):
    """Return the accuracy of each group, and that of all examples under "all"."""
    # TODO: count the examples and the correct predictions of each group
    raise NotImplementedError
