# no biases
def count_parameters(vocabulary, context, n, num_blocks):
    block = 12 * n * n + 4 * n
    return (vocabulary + context) * n + num_blocks * block + 2 * n
