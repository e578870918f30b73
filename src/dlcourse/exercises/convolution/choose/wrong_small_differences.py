# no neighbors
def layer_for(rows):
    """Return "convolution" or "fully connected", whichever fits the rows."""
    near = []
    far = []
    for row in rows:
        for i in range(len(row) - 1):
            near.append(abs(row[i] - row[i + 1]))
            for j in range(i + 1, len(row)):
                far.append(abs(row[i] - row[j]))
    if sum(near) / len(near) < 0.5:
        return "convolution"  # neighbors belong together
    return "fully connected"


def gradient_left(slopes, is_residual):
    """Return the number by which all layers together multiply a gradient."""
    left = 1.0
    for slope in slopes:
        if is_residual:
            slope += 1  # the way past the layer
        left *= slope
    return left


def weights_to_train(features, old_classes, new_classes):
    """Return the number of weights and biases of the layer that has to be new."""
    return features * new_classes + new_classes  # the last one: it had the old classes
