# the output layer is not hidden
def describe(sizes, batch_size):
    edges = 0
    for index in range(1, len(sizes)):
        edges += sizes[index - 1] * sizes[index]
    return {
        "columns": len(sizes),
        "hidden layers": len(sizes) - 1,
        "depth": len(sizes) - 1,
        "edges": edges,
        "shapes": [(batch_size, size) for size in sizes],
    }
