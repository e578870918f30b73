from torch import nn


def predict(images, W1, b1, W2, b2):
    """Return the predicted class of each image, a tensor of shape (N,).

    images: (N, 1, side, side), W1: (hidden, side * side), W2: (classes, hidden).
    """
    X = images.flatten(1)  # (N, side * side)
    hidden = nn.ReLU()(X @ W1.T + b1)  # (N, hidden)
    logits = hidden @ W2.T + b2  # (N, classes)
    return logits.argmax(dim=1)  # dim=1 is the axis of the classes
