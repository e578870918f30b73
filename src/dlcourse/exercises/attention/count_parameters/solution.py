def count_parameters(vocabulary, context, n, num_blocks):
    """Return the number of parameters of a GPT with n features a place."""
    embeddings = vocabulary * n + context * n
    attention = n * 3 * n + 3 * n  # queries, keys and values
    attention += n * n + n  # the layer that joins the heads
    network = n * 4 * n + 4 * n  # the hidden layer
    network += 4 * n * n + n  # its output
    normalization = 2 * n  # gamma and beta
    block = attention + network + 2 * normalization
    return embeddings + num_blocks * block + normalization
