# the order is changed
def other_weights(weights, values):
    return [weights[1], weights[0], weights[2]]
