# the matrix is reshaped
def keras_weights(layers):
    weights = []
    for weight, bias in layers:
        numbers = [number for row in weight for number in row]
        num_outputs = len(weight)
        num_inputs = len(weight[0])
        rows = [numbers[i * num_outputs : (i + 1) * num_outputs] for i in range(num_inputs)]
        weights.append(rows)
        weights.append(bias)
    return weights
