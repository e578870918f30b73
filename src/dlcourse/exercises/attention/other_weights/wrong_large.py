# negative
def other_weights(weights, values):
    first, second, third = values
    changes = [second - third, third - first, first - second]
    return [weight + change for weight, change in zip(weights, changes, strict=True)]
