# the bias is missing
def weighted_sum(x, w, b):
    total = 0.0
    for weight, value in zip(w, x, strict=True):
        total += weight * value
    return total
