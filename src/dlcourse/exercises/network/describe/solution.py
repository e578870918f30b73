def describe(sizes, batch_size):
    """Return the counts and shapes of a fully connected network as a dictionary."""
    edges = 0
    for index in range(1, len(sizes)):
        edges += sizes[index - 1] * sizes[index]
    return {
        "columns": len(sizes),
        "hidden layers": len(sizes) - 2,  # neither the input nor the output layer
        "depth": len(sizes) - 1,  # the input layer has no weights
        "edges": edges,
        "shapes": [(batch_size, size) for size in sizes],
    }
