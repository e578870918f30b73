# only the first layers are counted
def count_parameters(sizes):
    total = 0
    for index in range(1, min(3, len(sizes))):
        before = sizes[index - 1]
        after = sizes[index]
        total += (before + 1) * after
    return total
