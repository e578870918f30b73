"""Check code/four_lines."""

import copy
import random

import torch
from torch import nn

from dlcourse.exercises.checking import are_close, expect, expect_list, expect_number

MESSAGES = {
    "no slopes are computed": "In {steps} steps no slope was computed: call loss.backward() before "
    "optimizer.step().",
    "no step is taken": "The slopes are computed, but optimizer.step() was never called, so no "
    "weight changes.",
    "the slopes are not cleared": "optimizer.zero_grad() was never called: the slopes of each step "
    "are added to those of the steps before.",
    "the slopes are cleared too late": "In a step you call {order}: zero_grad() removes the slopes "
    "that backward() has just computed, so step() has none.",
    "another order": "In a step you call {order}, expected zero_grad, backward, step.",
    "another number of calls": "For {steps} steps you call step() {got} times, expected once in "
    "each step.",
    "only one loss": "For {steps} steps you return {got} losses: append each step's loss to the "
    "list.",
    "the losses are tensors": "The list holds tensors such as {got}: loss.item() takes the number "
    "out of the tensor.",
    "the losses differ": "The losses are {got}, expected {expected}.",
    "the weights differ": "After {steps} steps a weight is {got}, expected {expected}.",
}


class Recorder(torch.optim.SGD):
    """SGD that keeps the order in which it is called."""

    events: list[str]

    def zero_grad(self, set_to_none: bool = True) -> None:
        self.events.append("zero_grad")
        super().zero_grad(set_to_none)

    def step(self, closure=None):
        self.events.append("step")
        return super().step(closure)


def watched(model: nn.Linear, learning_rate: float) -> Recorder:
    """Return an optimizer that also keeps when slopes are computed."""
    optimizer = Recorder(model.parameters(), lr=learning_rate)
    optimizer.events = []
    model.weight.register_hook(lambda slope: optimizer.events.append("backward"))
    return optimizer


def look_at_calls(events: list[str], steps: int) -> None:
    """Stop if a call is missing or comes at the wrong place."""
    expect("backward" in events, "no slopes are computed", steps=steps)
    expect("step" in events, "no step is taken")
    expect("zero_grad" in events, "the slopes are not cleared")
    taken = events.count("step")
    expect(taken == steps, "another number of calls", steps=steps, got=taken)
    first = events[: events.index("step") + 1]
    order = ", ".join(first)
    is_late = first[-2:] == ["zero_grad", "step"] and "backward" in first
    expect(not is_late, "the slopes are cleared too late", order=order)
    is_known = first in (["zero_grad", "backward", "step"], ["backward", "step"])
    expect(is_known, "another order", order=order)


def reference(model, inputs, targets, learning_rate: float, steps: int) -> list[float]:
    """Train by formulas of our own; return the losses."""
    losses = []
    for _ in range(steps):
        errors = inputs @ model.weight.detach().T + model.bias.detach() - targets
        losses.append(float((errors**2).mean()))
        slopes = 2 * errors / errors.numel()
        model.weight.data -= learning_rate * slopes.T @ inputs
        model.bias.data -= learning_rate * slopes.sum(dim=0)
    return losses


def compare(learner, model, inputs, targets, learning_rate: float, steps: int) -> None:
    """Train the learner's way and by formulas."""
    expected_model = copy.deepcopy(model)
    expected = reference(expected_model, inputs, targets, learning_rate, steps)
    optimizer = watched(model, learning_rate)
    got = learner.train(model, inputs, targets, optimizer, steps)
    look_at_calls(optimizer.events, steps)
    is_short = isinstance(got, list) and len(got) == 1 < steps
    expect(not is_short, "only one loss", steps=steps, got=1)
    expect_list(got, steps, "train(…)")
    for number in got:
        is_tensor = isinstance(number, torch.Tensor)
        shown = f"tensor({float(number.detach()):.6g})" if is_tensor else ""
        expect(not is_tensor, "the losses are tensors", got=shown)
        expect_number(number, "a loss")
    expect(are_close(got, expected), "the losses differ", got=got, expected=expected)
    for mine, right in zip(model.parameters(), expected_model.parameters(), strict=True):
        far = (mine - right).abs().argmax()
        values = {"got": mine.flatten()[far].item(), "expected": right.flatten()[far].item()}
        expect(torch.allclose(mine, right), "the weights differ", steps=steps, **values)


def check(learner, generator: random.Random) -> None:
    """Train on the line of the task, then three random models, then no step at all."""
    model = nn.Linear(1, 1).double()
    model.weight.data.zero_()
    model.bias.data.zero_()
    inputs = torch.arange(4.0, dtype=torch.float64)[:, None]
    compare(learner, model, inputs, 2 * inputs + 1, 0.1, 2)
    torch_generator = torch.Generator().manual_seed(generator.randrange(2**31))
    for count, num_inputs, num_outputs, steps in [(7, 3, 2, 3), (5, 1, 3, 5), (9, 5, 1, 4)]:
        model = nn.Linear(num_inputs, num_outputs).double()
        for parameter in model.parameters():
            parameter.data.normal_(generator=torch_generator)
        inputs = torch.randn(count, num_inputs, generator=torch_generator, dtype=torch.float64)
        targets = torch.randn(count, num_outputs, generator=torch_generator, dtype=torch.float64)
        compare(learner, model, inputs, targets, 0.05, steps)
    got = learner.train(model, inputs, targets, watched(model, 0.1), 0)
    expect_list(got, 0, "train with steps=0")
