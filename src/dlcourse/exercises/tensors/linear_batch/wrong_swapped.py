# rows and columns are swapped
def linear_batch(X, W, b):
    return (X @ W.T + b).T
