# the gradients are deleted before the step
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
    optimizer = SGD(network.parameters(), learning_rate)
    losses = []
    for _ in range(steps):
        loss = Value(0.0)
        for x, target in zip(inputs, targets, strict=True):
            error = network(x) - target
            loss = loss + error * error
        loss = loss / len(inputs)
        loss.backward()
        optimizer.zero_grad()
        optimizer.step()
        losses.append(loss.data)
    return losses
