# the bias is added for each input
def weighted_sum(x, w, b):
    total = 0.0
    for weight, value in zip(w, x, strict=True):
        total += weight * value + b
    return total
