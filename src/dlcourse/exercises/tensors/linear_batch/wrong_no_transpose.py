# the table is not transposed
def linear_batch(X, W, b):
    return X @ W.reshape(W.shape[1], W.shape[0]) + b
