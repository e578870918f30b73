# an output of its own
def count_parameters(vocabulary, context, n, num_blocks):
    block = 12 * n * n + 13 * n
    return (2 * vocabulary + context) * n + num_blocks * block + 2 * n
