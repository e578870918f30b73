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
    # TODO: find out why the loss never falls, and fix it
    parameters = [Value(parameter.data) for parameter in network.parameters()]
    optimizer = SGD(parameters, learning_rate)
    losses = []
    for _ in range(steps):
        loss = Value(0.0)
        for x, target in zip(inputs, targets, strict=True):
            prediction = Value(network(x).data)
            error = prediction - target
            loss = loss + error * error
        loss = loss / len(inputs)
        loss.backward()
        optimizer.zero_grad()
        optimizer.step()
        losses.append(loss.data)
    return losses
