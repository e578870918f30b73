# not one
def other_weights(weights, values):
    first = weights[0] + 0.05
    second = weights[1] - 0.05 * values[0] / values[1]  # keeps the result, and not the sum
    return [first, second, weights[2]]
