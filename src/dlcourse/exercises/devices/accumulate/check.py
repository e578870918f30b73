"""Check devices/accumulate."""

import copy
import random

import torch
import torch.nn.functional as F
from torch import nn

from dlcourse.exercises.checking import expect

MESSAGES = {
    "no step": "The weights are the same after your function: call optimizer.step() once.",
    "a step for each part": "The optimizer takes {got} steps for {parts} parts, expected "
    "{expected}: step once, behind the loop.",
    "the losses are added up": "In the example w ends at {got}, expected 4: the means of the parts "
    "are added up. Multiply each by its share of the examples.",
    "all parts count alike": "In the example w ends at {got}, expected 4: a part with one example "
    "counts as much as one with three. Weigh each by its share of the examples.",
    "the sums are not divided": "In the example w ends at {got}, expected 4: the gradient is the "
    "sum over all examples. Divide by their number.",
    "only the last part": "In the example w ends at {got}, expected 4: only the last part counts. "
    "Empty the gradients once, before the loop.",
    "the example is wrong": "In the example w ends at {got}, expected 4.",
    "the parts are put together": "The model gets {got} examples at once, but the largest part has "
    "{expected}: give it one part at a time.",
    "the parts wait in memory": "The model gets the next part before the backward pass of the last "
    "one: call backward inside the loop, so that the activations of one part are kept at a time.",
    "old gradients count": "Gradients from before the call change the step: call "
    "optimizer.zero_grad() before the first part.",
    "another step": "With parts of {sizes} examples a weight ends at {got}, expected {expected}.",
    "the parts are changed": "The inputs or targets of the parts are others after your function.",
}
EXAMPLE = [
    (torch.ones(1, 1), torch.full((1, 1), 1.0)),
    (torch.ones(3, 1), torch.full((3, 1), 5.0)),
]
CAUSES = {  # where w ends with each known mistake
    6.0: "the losses are added up",
    3.0: "all parts count alike",
    16.0: "the sums are not divided",
    5.0: "only the last part",
    3.75: "only the last part",
}


class CountingSGD(torch.optim.SGD):
    """Count the steps."""

    num_steps = 0

    def step(self, closure=None):
        """Take a step."""
        self.num_steps += 1
        return super().step(closure)


class Passes:
    """How many examples a model gets at once, and whether backward comes before the next part."""

    def __init__(self):
        self.count = 0
        self.most_examples = 0
        self.is_waiting = False

    def note(self, _model, inputs, outputs):
        """Note a forward pass, and later its backward pass."""
        self.count += 1
        number = self.count
        self.most_examples = max(self.most_examples, len(inputs[0]))

        def note_backward(_gradient):
            if self.count > number:
                self.is_waiting = True

        if outputs.requires_grad:
            outputs.register_hook(note_backward)


def run(learner, model: nn.Module, parts: list, rate: float) -> Passes:
    """Let the learner take a step, which must be one; return the passes through the model."""
    optimizer = CountingSGD(model.parameters(), lr=rate)
    loss_fn = F.mse_loss
    before = copy.deepcopy(parts)
    passes = Passes()
    hook = model.register_forward_hook(passes.note)
    learner.accumulate(model, parts, loss_fn, optimizer)
    hook.remove()
    steps = optimizer.num_steps
    expect(steps > 0, "no step")
    expect(steps == 1, "a step for each part", got=steps, parts=len(parts), expected=1)
    for old, new in zip(before, parts, strict=True):
        is_kept = all(torch.equal(a, b) for a, b in zip(old, new, strict=True))
        expect(is_kept, "the parts are changed")
    return passes


def check(learner, generator: random.Random) -> None:
    """Take the step of the example, then those of random parts with old gradients."""
    model = nn.Linear(1, 1, bias=False)
    nn.init.zeros_(model.weight)
    passes = run(learner, model, copy.deepcopy(EXAMPLE), 0.5)
    got = round(model.weight.item(), 5)
    if got in CAUSES:
        expect(False, CAUSES[got], got=got)
    expect(got == 4, "the example is wrong", got=got)
    most = max(len(inputs) for inputs, _ in EXAMPLE)
    got = passes.most_examples
    expect(got <= most, "the parts are put together", got=got, expected=most)
    expect(not passes.is_waiting, "the parts wait in memory")

    torch_generator = torch.Generator().manual_seed(generator.randrange(2**31))
    for sizes in ((5,), (3, 3, 3), (1, 6, 3), (7, 2, 5, 1)):
        model = nn.Linear(3, 2).double()
        parts = []
        for size in sizes:
            values = torch.randn(size, 5, generator=torch_generator, dtype=torch.float64)
            parts.append((values[:, :3], values[:, 3:]))
        whole = copy.deepcopy(model)
        inputs, targets = (torch.cat(tensors) for tensors in zip(*parts, strict=True))
        F.mse_loss(whole(inputs), targets).backward()
        torch.optim.SGD(whole.parameters(), lr=0.1).step()
        fresh = copy.deepcopy(model)
        run(learner, fresh, parts, 0.1)
        shown = {"sizes": list(sizes), "got": fresh.weight[0, 0].item()}
        shown["expected"] = whole.weight[0, 0].item()
        is_right = torch.allclose(fresh.weight, whole.weight)
        expect(is_right, "another step", **shown)
        for parameter in model.parameters():
            parameter.grad = torch.ones_like(parameter)
        run(learner, model, parts, 0.1)
        expect(torch.allclose(model.weight, whole.weight), "old gradients count")
