# only the first example
def linear_batch(X, W, b):
    return (X[:1] @ W.T + b).expand(len(X), len(b))
