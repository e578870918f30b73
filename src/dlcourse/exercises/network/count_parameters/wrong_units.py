# the units are counted
def count_parameters(sizes):
    total = 0
    for index in range(1, len(sizes)):
        before = sizes[index - 1]
        after = sizes[index]
        total += after
    return total
