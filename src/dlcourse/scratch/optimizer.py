"""Gradient descent over `Value` parameters."""

from collections.abc import Iterable

from dlcourse.scratch.value import Value


class SGD:
    """Plain gradient descent: each step moves every parameter against its gradient.

    It is called "stochastic" when the loss is that of a mini-batch. `learning_rate` may be changed
    between steps.

    Raises: ValueError when there are no parameters, or the learning rate is negative.
    """

    def __init__(self, parameters: Iterable[Value], learning_rate: float):
        self.parameters = list(parameters)
        self.learning_rate = learning_rate
        if not self.parameters:
            raise ValueError("there is nothing to optimize: got no parameters")
        if not learning_rate >= 0:  # true for NaN as well
            raise ValueError(f"learning_rate must be at least 0, got {learning_rate}")

    def step(self) -> None:
        """Move every parameter by -learning_rate times its gradient."""
        for parameter in self.parameters:
            parameter.data -= self.learning_rate * parameter.grad

    def zero_grad(self) -> None:
        """Set every gradient to 0: backward() adds to what is there."""
        for parameter in self.parameters:
            parameter.grad = 0.0
