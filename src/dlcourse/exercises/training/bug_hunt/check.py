"""Check training/bug_hunt."""

import copy
import random

import torch
import torch.nn.functional as F
from torch import nn

from dlcourse.exercises.checking import expect, expect_number, is_close

WEIGHT = "After batches of {sizes} examples a weight is {got}, expected {expected}: "
MESSAGES = {
    "not in training mode": "The model came in evaluation mode, and the batches are computed in "
    "it. Dropout would be off: call model.train() first.",
    "a tensor is returned": "You return {got}, expected a Python number. A sum of tensors keeps "
    "the computation of every batch in memory: use loss.item().",
    "a softmax too many": WEIGHT + "there is a softmax too many. cross_entropy takes logits.",
    "the gradients pile up": WEIGHT
    + "old gradients are added to the new ones. Call opt.zero_grad() for every batch.",
    "the gradients are deleted": WEIGHT + "no step moves it. The gradients must be there when "
    "opt.step() runs.",
    "the step comes before the gradients": WEIGHT + "each step uses the gradients of the batch "
    "before. Call backward() first.",
    "other weights": WEIGHT + "compute the loss, zero the gradients, go backward, take the step.",
    "each batch counts the same": "For batches of {sizes} examples you return {got}, expected "
    "{expected}: each batch counts the same. Weight its loss by its size.",
    "the losses are not divided": "For batches of {sizes} examples you return {got}, expected "
    "{expected}: divide by the number of examples.",
    "another mean": "For batches of {sizes} examples you return {got}, expected {expected}.",
}


class Watched(nn.Linear):
    """A linear layer that notes the mode in which it computes."""

    def __init__(self):
        super().__init__(4, 3, dtype=torch.float64)
        self.modes = []

    def forward(self, x):
        self.modes.append(self.training)
        return super().forward(x)


class Descent:
    """Plain gradient descent; torch.optim takes seconds at its first use."""

    def __init__(self, model: nn.Module):
        self.parameters = list(model.parameters())

    def zero_grad(self):
        for parameter in self.parameters:
            parameter.grad = None

    def step(self):
        with torch.no_grad():
            for parameter in self.parameters:
                if parameter.grad is not None:
                    parameter -= 0.5 * parameter.grad


def reference(model, batches, mistake: str = "") -> list[float]:
    """Train with one mistake or none, and return the loss of each batch."""
    losses = []
    optimizer = Descent(model)
    for x, y in batches:
        logits = model(x)
        loss = F.cross_entropy(logits, y)
        if mistake == "a softmax too many":
            loss = F.cross_entropy(logits.softmax(dim=1), y)
        if mistake == "the step comes before the gradients":
            optimizer.step()
        if mistake != "the gradients pile up":
            optimizer.zero_grad()
        loss.backward()
        if mistake not in ("the step comes before the gradients", "the gradients are deleted"):
            optimizer.step()
        losses.append(loss.item())
    return losses


def check(learner, generator: random.Random) -> None:
    """Compare the mode and the result's type, then the weights, then the mean loss.

    After one batch no gradients have piled up yet, which tells a softmax too many apart.
    """
    torch_generator = torch.Generator().manual_seed(generator.randrange(2**31))
    for sizes in ([5], [7, 3], [2, 6, 3]):
        batches = []
        for size in sizes:
            x = 2 * torch.randn(size, 4, dtype=torch.float64, generator=torch_generator)
            y = torch.randint(3, (size,), generator=torch_generator)
            batches.append((x, y))
        model = Watched()
        with torch.no_grad():
            for parameter in model.parameters():
                parameter.copy_(torch.randn(parameter.shape, generator=torch_generator))
        check_epoch(learner, model, batches)


def check_epoch(learner, model, batches) -> None:
    """Compare one epoch with the reference, and with each known mistake."""
    start = copy.deepcopy(model)
    model.eval()  # as a validation loop leaves it
    sizes = [len(x) for x, _ in batches]
    got = learner.train_epoch(model, batches, F.cross_entropy, Descent(model))
    expect(all(model.modes), "not in training mode")
    expect(not isinstance(got, torch.Tensor), "a tensor is returned", got=got)
    expect_number(got, "train_epoch(...)")
    right = copy.deepcopy(start)
    losses = reference(right, batches)
    place = (model.weight - right.weight).abs().argmax()  # where a difference is largest
    expected = right.weight.flatten()[place].item()
    shown = {"sizes": sizes, "got": model.weight.flatten()[place].item()}
    mistakes = [
        "a softmax too many",
        "the gradients are deleted",
        "the step comes before the gradients",
        "the gradients pile up",
    ]
    for mistake in mistakes:
        wrong = copy.deepcopy(start)
        reference(wrong, batches, mistake)
        is_told_apart = len(sizes) > 1 or mistake == "a softmax too many"
        is_same = is_told_apart and torch.allclose(model.weight, wrong.weight)
        expect(not is_same, mistake, expected=expected, **shown)
    is_right = torch.allclose(model.weight, right.weight)
    can_tell = len(sizes) > 1  # with one batch some of the mistakes look alike
    expect(is_right or not can_tell, "other weights", expected=expected, **shown)
    check_mean(got, losses, sizes)


def check_mean(got: float, losses: list[float], sizes: list[int]) -> None:
    """Compare the mean loss per example."""
    total = sum(loss * size for loss, size in zip(losses, sizes, strict=True))
    shown = {"sizes": sizes, "got": got, "expected": total / sum(sizes)}
    mistaken = sum(losses) / len(losses)
    is_same = len(sizes) > 1 and is_close(got, mistaken)
    expect(not is_same, "each batch counts the same", **shown)
    is_sum = is_close(got, total) or is_close(got, len(sizes) * mistaken)
    is_sum = is_sum and not is_close(got, total / sum(sizes))
    expect(not is_sum, "the losses are not divided", **shown)
    expect(is_close(got, total / sum(sizes)), "another mean", **shown)
