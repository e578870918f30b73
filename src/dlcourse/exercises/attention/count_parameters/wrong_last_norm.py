# no last normalization
def count_parameters(vocabulary, context, n, num_blocks):
    return (vocabulary + context) * n + num_blocks * (12 * n * n + 13 * n)
