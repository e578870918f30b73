"""Check training/loop_order."""

import random

from dlcourse.exercises.checking import expect, is_close

MESSAGES = {
    "not a list": "LINES is {got}, expected a list of lines.",
    "a line is changed": 'The line "{got}" is not one of the six: move the lines, and leave each '
    "as it is, with its spaces.",
    "a line is missing": 'The line "{line}" occurs {got} times, expected once.',
    "a line of the loop stands before it": 'Line {number}, "{line}", is indented, so it belongs to '
    'the loop, but the line with "for" comes later.',
    "a line interrupts the loop": 'The line "model.train()" is not indented, so it ends the loop, '
    "but lines of the loop come after it.",
    "there is no loss yet": 'Line {number}, "{line}", comes before the line with the loss.',
    "training mode comes too late": "model.train() runs after the mini-batches, so they were "
    "computed in evaluation mode.",
    "the step comes before the gradients": "optimizer.step() runs before loss.backward(), so the "
    "three steps follow {got}, expected {expected}: the gradients of the mini-batch.",
    "the gradients are deleted": "zero_grad() runs between backward() and step(), so the three "
    "steps follow {got}, expected {expected}.",
    "other steps": "The three steps follow {got}, expected {expected}: one step after each "
    "mini-batch, along its gradient.",
}
GIVEN_LINES = [
    "model.train()",
    "for images, labels in batches:",
    "    loss = F.cross_entropy(model(images), labels)",
    "    optimizer.zero_grad()",
    "    loss.backward()",
    "    optimizer.step()",
]


class Recorder:
    """Model, optimizer, F and loss in one: it notes what is called, and adds up gradients."""

    def __init__(self):
        self.calls = []
        self.gradient = 0
        self.batch_gradient = 0
        self.steps = []

    def __call__(self, images):  # the model; an image stands for its gradient
        self.calls.append("model")
        self.batch_gradient = images
        return images

    def train(self):
        self.calls.append("train")

    def cross_entropy(self, logits, labels):
        return self

    def zero_grad(self):
        self.calls.append("zero_grad")
        self.gradient = 0

    def backward(self):
        self.calls.append("backward")
        self.gradient += self.batch_gradient

    def step(self):
        self.calls.append("step")
        self.steps.append(self.gradient)


def check(learner, generator: random.Random) -> None:
    """Compare the lines, then whether they run, then what they do in three mini-batches."""
    lines = learner.LINES
    is_list = isinstance(lines, list) and all(isinstance(line, str) for line in lines)
    expect(is_list, "not a list", got=lines)
    for line in lines:
        expect(line in GIVEN_LINES, "a line is changed", got=line)
    for line in GIVEN_LINES:
        count = lines.count(line)
        expect(count == 1, "a line is missing", line=line.strip(), got=count)
    check_places(lines)
    for gradients in ([1, 2, 3], generator.sample(range(1, 100), 3)):
        recorder = Recorder()
        names = dict.fromkeys(("model", "optimizer", "F"), recorder)
        batches = [(gradient, 0) for gradient in gradients]
        exec("\n".join(lines), names | {"batches": batches})  # the lines above, and no others
        is_first = recorder.calls[0] == "train"
        expect(is_first, "training mode comes too late")
        shown = {"got": recorder.steps, "expected": gradients}
        backward = recorder.calls.index("backward")
        step = recorder.calls.index("step")
        expect(backward < step, "the step comes before the gradients", **shown)
        is_between = "zero_grad" in recorder.calls[backward:step]
        expect(not is_between, "the gradients are deleted", **shown)
        is_right = all(is_close(a, b) for a, b in zip(recorder.steps, gradients, strict=True))
        expect(is_right, "other steps", **shown)


def check_places(lines: list[str]) -> None:
    """Find what Python would stumble over: a broken loop, and a loss that is used too early."""
    start = lines.index("for images, labels in batches:")
    for number, line in enumerate(lines[:start], start=1):
        is_outside = not line.startswith(" ")
        shown = {"number": number, "line": line.strip()}
        expect(is_outside, "a line of the loop stands before it", **shown)
    train = lines.index("model.train()")
    is_inside = start < train < len(lines) - 1
    expect(not is_inside, "a line interrupts the loop")
    backward = lines.index("    loss.backward()")
    loss = lines.index("    loss = F.cross_entropy(model(images), labels)")
    shown = {"number": backward + 1, "line": "loss.backward()"}
    expect(loss < backward, "there is no loss yet", **shown)
