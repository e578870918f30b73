# the first weight grows
def other_weights(weights, values):
    first, second, third = values
    changes = [second - third, third - first, first - second]
    factor = 0.05 / max(map(abs, changes)) * (1 if changes[0] > 0 else -1)
    return [weight + factor * change for weight, change in zip(weights, changes, strict=True)]
