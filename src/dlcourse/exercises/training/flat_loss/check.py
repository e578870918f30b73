"""Check training/flat_loss."""

import random

from dlcourse.exercises.checking import are_close, expect, expect_list, expect_number
from dlcourse.scratch.value import Value

MESSAGES = {
    "no gradient arrives": "After {steps} steps the loss is still {got}, expected {expected}: no "
    "gradient ever arrives at the network's parameters. What cuts the loss off from them?",
    "the optimizer moves other values": "After {steps} steps the loss is still {got}, expected "
    "{expected}: gradients arrive at the network's parameters, but the optimizer moves other "
    "values.",
    "the gradients are deleted before the step": "After {steps} steps the loss is still {got}, "
    "expected {expected}: gradients arrive, but they are 0 again when the step is taken.",
    "the gradients pile up": "The losses are {got}, expected {expected}: old gradients are added "
    "to new ones. Call zero_grad() before backward().",
    "the loss is a sum": "The losses are {got}, expected {expected}: that is the sum over the "
    "examples, not their mean.",
    "another loss": "The losses are {got}, expected {expected}.",
}


class Watched(Value):
    """A parameter that notes whether a gradient other than 0 has ever arrived."""

    has_received = False

    @property
    def grad(self):
        return self.kept_grad

    @grad.setter
    def grad(self, grad):
        self.kept_grad = grad
        if grad != 0:
            self.has_received = True


class Line:
    """The network w . x + b."""

    def __init__(self, numbers: list[float]):
        self.values = [Watched(number) for number in numbers]

    def __call__(self, x):
        output = self.values[-1]
        for weight, value in zip(self.values, x, strict=False):
            output = output + weight * value
        return output

    def parameters(self):
        return self.values


class Weight(Line):
    """The network w * x of the task's example."""

    def __call__(self, x):
        return self.values[0] * x


def reference(numbers, inputs, targets, steps, learning_rate, mistake="") -> list[float]:
    """Return the losses of a line that is trained with one mistake or none."""
    numbers = numbers[:]
    grads = [0.0] * len(numbers)
    losses = []
    divisor = 1 if mistake == "the loss is a sum" else len(inputs)
    for _ in range(steps):
        loss = 0.0
        if mistake != "the gradients pile up":
            grads = [0.0] * len(numbers)
        for x, target in zip(inputs, targets, strict=True):
            features = [*x, 1.0]
            output = sum(a * b for a, b in zip(numbers, features, strict=True))
            loss += (output - target) ** 2 / divisor
            for place, feature in enumerate(features):
                grads[place] += 2 * (output - target) * feature / divisor
        numbers = [a - learning_rate * b for a, b in zip(numbers, grads, strict=True)]
        losses.append(loss)
    return losses


def check(learner, generator: random.Random) -> None:
    """Compare the example, then lines with one to three inputs."""
    check_losses(learner, Weight([0.0]), [2.0], [4.0], [16.0, 0.64, 0.0256], 0.1)
    for count in (1, 2, 3):
        numbers = [generator.uniform(-1, 1) for _ in range(count + 1)]
        inputs = [[generator.uniform(-1, 1) for _ in range(count)] for _ in range(5)]
        targets = [generator.uniform(2, 4) for _ in inputs]
        arguments = (numbers, inputs, targets, 4, 0.1)
        expected = reference(*arguments)
        for mistake in ("the gradients pile up", "the loss is a sum"):
            wrong = reference(*arguments, mistake)
            got = learner.train(Line(numbers), inputs, targets, 4, 0.1)
            expect_list(got, 4, "train(...) for 4 steps")
            expect(not are_close(got, wrong), mistake, got=got, expected=expected)
        check_losses(learner, Line(numbers), inputs, targets, expected, 0.1)


def check_losses(learner, network, inputs, targets, expected, learning_rate) -> None:
    """Compare the losses, and find out why they stay where they are."""
    steps = len(expected)
    before = [value.data for value in network.values]
    got = learner.train(network, inputs, targets, steps, learning_rate)
    expect_list(got, steps, f"train(...) for {steps} steps")
    for loss in got:
        expect_number(loss, "A loss in your list")
    if [value.data for value in network.values] == before:
        shown = {"steps": steps, "got": got[-1], "expected": expected[-1]}
        has_received = any(value.has_received for value in network.values)
        expect(has_received, "no gradient arrives", **shown)
        is_deleted = all(value.grad == 0 for value in network.values)
        expect(not is_deleted, "the gradients are deleted before the step", **shown)
        expect(False, "the optimizer moves other values", **shown)
    is_example = isinstance(network, Weight)  # one example: a sum is a mean, and 2 steps say little
    is_right = are_close(got, expected)
    expect(is_right or is_example, "another loss", got=got, expected=expected)
