# the input layer has no weights
def describe(sizes, batch_size):
    edges = 0
    for index in range(1, len(sizes)):
        edges += sizes[index - 1] * sizes[index]
    return {
        "columns": len(sizes),
        "hidden layers": len(sizes) - 2,
        "depth": len(sizes),
        "edges": edges,
        "shapes": [(batch_size, size) for size in sizes],
    }
