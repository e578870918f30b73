from dlcourse.scratch.value import Value


class SGD:
    """Takes steps of gradient descent with all parameters, which are Values."""

    def __init__(self, parameters, learning_rate):
        self.parameters = parameters
        self.learning_rate = learning_rate

    def zero_grad(self):
        for parameter in self.parameters:
            parameter.grad = 0.0

    def step(self):
        for parameter in self.parameters:
            parameter.data -= self.learning_rate * parameter.grad


def train(network, inputs, targets, steps, learning_rate):
    """Train on all examples for some steps; return the loss before each step.

    The loss is the mean squared error of network(x) and its target.
    """
    optimizer = SGD(network.parameters(), learning_rate)  # the parameters themselves
    losses = []
    for _ in range(steps):
        loss = Value(0.0)
        for x, target in zip(inputs, targets, strict=True):
            error = network(x) - target  # remembers how it was made
            loss = loss + error * error
        loss = loss / len(inputs)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.data)
    return losses
