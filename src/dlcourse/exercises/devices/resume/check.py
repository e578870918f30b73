"""Check devices/resume."""

import io
import pickle
import random
from typing import Any

import torch
from torch import nn

from dlcourse.exercises.checking import expect, is_close

MESSAGES = {
    "not a dict": "pack returns {got}, expected a dict.",
    "not plain": "The checkpoint cannot be loaded with weights_only=True: it holds an object such "
    "as the model. Store its state_dict() instead.",
    "another step": "unpack returns {got}, expected {expected}, the step that was packed.",
    "the weights are not restored": "After unpack the weights are not those that were packed.",
    "the optimizer is not restored": "After unpack the moments of Adam are not those that were "
    "packed: save and load optimizer.state_dict().",
    "the random numbers are others": "After unpack the generator draws other numbers than after "
    "pack, and so does dropout: save torch.get_rng_state() and set it.",
    "not copied": "Training that goes on changes what is in the checkpoint: copy the tensors, as "
    "copy.deepcopy does.",
    "the training is disturbed": "pack changes the training that goes on: {what} differ from those "
    "before.",
    "other weights": "Resumed training ends with other weights: they differ by {got} at most.",
}


def make(width: int) -> tuple[nn.Module, torch.optim.Optimizer]:
    """Return a network with dropout, and Adam."""
    layers = nn.Linear(3, width), nn.Tanh(), nn.Dropout(0.4), nn.Linear(width, 2)
    model = nn.Sequential(*layers).double()
    return model, torch.optim.Adam(model.parameters(), lr=0.02)


def train(model: nn.Module, optimizer: torch.optim.Optimizer, num_steps: int) -> None:
    """Take steps, on inputs that do not change."""
    inputs = torch.arange(15.0, dtype=torch.float64).reshape(5, 3) / 10
    for _ in range(num_steps):
        loss = (model(inputs) - 1).square().mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()


def collect(model: nn.Module, optimizer: torch.optim.Optimizer) -> tuple[Any, Any, Any]:
    """Return copies of the weights, the moments and the state of the random generator."""
    weights = [parameter.detach().clone() for parameter in model.parameters()]
    moments = []
    for state in optimizer.state_dict()["state"].values():
        moments += [value.clone() for value in state.values()]
    return weights, moments, [torch.get_rng_state()]


def are_equal(some: list[torch.Tensor], others: list[torch.Tensor]) -> bool:
    """Say whether two lists have the same tensors."""
    return len(some) == len(others) and all(map(torch.equal, some, others))


def load(checkpoint: dict[str, Any]) -> dict[str, Any]:
    """Return what is left of a checkpoint after a file."""
    file = io.BytesIO()
    torch.save(checkpoint, file)
    file.seek(0)
    try:
        return torch.load(file, weights_only=True)
    except pickle.UnpicklingError:
        expect(False, "not plain")
        raise


def look(learner, width: int, step: int, num_steps: int) -> None:
    """Pack after some steps, go on, unpack in new objects, and compare part by part."""
    model, optimizer = make(width)
    train(model, optimizer, step)
    packed = collect(model, optimizer)
    checkpoint = learner.pack(model, optimizer, step)
    expect(isinstance(checkpoint, dict), "not a dict", got=type(checkpoint).__name__)
    names = ("the weights", "the moments", "the random numbers")
    for name, before, after in zip(names, packed, collect(model, optimizer), strict=True):
        expect(are_equal(before, after), "the training is disturbed", what=name)
    saved = load(checkpoint)
    train(model, optimizer, num_steps)
    weights, _, _ = collect(model, optimizer)

    for is_from_file, content in ((True, saved), (False, checkpoint)):
        torch.manual_seed(0)
        model, optimizer = make(width)
        got = learner.unpack(content, model, optimizer)
        restored = collect(model, optimizer)
        keys = [
            "the weights are not restored",
            "the optimizer is not restored",
            "the random numbers are others",
        ]
        for key, before, after in zip(keys, packed, restored, strict=True):
            expect(are_equal(before, after), key if is_from_file else "not copied")
        expect(got == step and not isinstance(got, bool), "another step", got=got, expected=step)
        train(model, optimizer, num_steps)
        ends, _, _ = collect(model, optimizer)
        gap = max((a - b).abs().max().item() for a, b in zip(ends, weights, strict=True))
        expect(is_close(gap, 0, 0), "other weights", got=gap)


def check(learner, generator: random.Random) -> None:
    """Resume the example and three other runs; leave PyTorch's generator as it was."""
    with torch.random.fork_rng():
        torch.manual_seed(generator.randrange(1, 2**31))
        look(learner, 5, 7, 3)
        for width in (3, 6, 11):
            look(learner, width, generator.randint(1, 6), generator.randint(1, 6))
