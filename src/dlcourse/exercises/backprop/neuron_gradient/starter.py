def neuron_gradient(x, w, b, target):
    """Return the slopes of the loss for the weights, as a list, and for the bias.

    The neuron computes y = sigmoid(w . x + b), and its loss is (y - target) ** 2.
    """
    # TODO: go forward to y, then backward to the weights and the bias
    raise NotImplementedError
