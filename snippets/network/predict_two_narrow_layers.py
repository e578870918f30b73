"""Two narrow layers have fewer parameters than a wide one here."""


def count_parameters(sizes):
    """Return the number of weights and biases."""
    total = 0
    for index in range(1, len(sizes)):
        total += (sizes[index - 1] + 1) * sizes[index]
    return total


assert count_parameters([10, 20, 1]) == 241
answer = count_parameters([10, 10, 10, 1])
print(answer)
