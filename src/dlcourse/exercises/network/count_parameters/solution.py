def count_parameters(sizes):
    """Return the number of weights and biases; sizes from input to output."""
    total = 0
    for index in range(1, len(sizes)):
        before = sizes[index - 1]
        after = sizes[index]
        total += (before + 1) * after  # each unit: its weights and its bias
    return total
