# no positions
def count_parameters(vocabulary, context, n, num_blocks):
    return vocabulary * n + num_blocks * (12 * n * n + 13 * n) + 2 * n
