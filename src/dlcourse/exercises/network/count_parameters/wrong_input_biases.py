# the inputs have no biases
def count_parameters(sizes):
    total = sizes[0]
    for index in range(1, len(sizes)):
        before = sizes[index - 1]
        after = sizes[index]
        total += (before + 1) * after
    return total
