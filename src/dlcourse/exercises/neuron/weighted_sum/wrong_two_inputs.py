# not all inputs are used
def weighted_sum(x, w, b):
    return w[0] * x[0] + (w[1] * x[1] if len(x) > 1 else 0) + b
