# no layer that joins the heads
def count_parameters(vocabulary, context, n, num_blocks):
    block = 11 * n * n + 12 * n
    return (vocabulary + context) * n + num_blocks * block + 2 * n
