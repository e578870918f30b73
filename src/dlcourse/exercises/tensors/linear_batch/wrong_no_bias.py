# the bias is missing
def linear_batch(X, W, b):
    return X @ W.T
