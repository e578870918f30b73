# rows and columns are swapped
def describe(sizes, batch_size):
    edges = 0
    for index in range(1, len(sizes)):
        edges += sizes[index - 1] * sizes[index]
    return {
        "columns": len(sizes),
        "hidden layers": len(sizes) - 2,
        "depth": len(sizes) - 1,
        "edges": edges,
        "shapes": [(size, batch_size) for size in sizes],
    }
