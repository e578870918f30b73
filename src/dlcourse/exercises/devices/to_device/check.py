"""Check devices/to_device."""

import random
from typing import Any
from unittest import mock

import torch

from dlcourse.exercises.checking import expect

MESSAGES = {
    "the moved tensor is dropped": "The tensor you return is still on {got}, not on {expected}: "
    "`.to` returns the moved tensor, so return what it returns.",
    "always a GPU": "You call `.cuda()`, although the device is {expected}: use `.to(device)`, "
    "which works for every device.",
    "another kind": "At {place} you return {got}, expected {expected}: each part keeps its kind.",
    "other parts": "At {place} there are the parts {got}, expected {expected}.",
    "a tensor is left behind": "At {place} the tensor is on {got}, expected {expected}.",
    "another tensor": "At {place} the tensor has other numbers, another shape or another dtype.",
    "another value": "At {place} you return {got}, expected {expected}, which is no tensor.",
    "the batch is changed": "The batch itself has other parts after your function than before.",
}
META = torch.device("meta")
CPU = torch.device("cpu")


def list_parts(batch: Any) -> list[tuple[Any, Any]]:
    """Return the parts of a dict, list or tuple with their names or places."""
    return list(batch.items()) if isinstance(batch, dict) else list(enumerate(batch))


def compare(got: Any, batch: Any, device: torch.device, place: str) -> None:
    """Compare what is returned with a batch, part by part."""
    kinds = {"place": place, "got": type(got).__name__, "expected": type(batch).__name__}
    if isinstance(batch, torch.Tensor):
        expect(isinstance(got, torch.Tensor), "another kind", **kinds)
        where = {"place": place, "got": got.device.type, "expected": device.type}
        expect(got.device.type == device.type, "a tensor is left behind", **where)
        is_same = got.shape == batch.shape and got.dtype == batch.dtype
        if device == CPU:
            is_same = is_same and torch.equal(got, batch)
        expect(is_same, "another tensor", place=place)
    elif isinstance(batch, dict | list | tuple):
        expect(type(got) is type(batch), "another kind", **kinds)
        parts, expected = list_parts(got), list_parts(batch)
        names = [name for name, _ in parts]
        right = [name for name, _ in expected]
        expect(names == right, "other parts", place=place, got=names, expected=right)
        for (name, part), (_, own) in zip(parts, expected, strict=True):
            compare(part, own, device, f"{place}[{name!r}]")
    else:
        shown = {"place": place, "got": got, "expected": batch}
        expect(got is batch, "another value", **shown)


def freeze(batch: Any) -> Any:
    """Return the structure of a batch, with the identity of everything else."""
    if isinstance(batch, dict | list | tuple):
        return type(batch).__name__, [(name, freeze(part)) for name, part in list_parts(batch)]
    return id(batch)


def look(learner, batch: Any, device: torch.device) -> None:
    """Call the function, and compare what it returns with the batch."""
    before = freeze(batch)
    moved_to_gpu = []

    def cuda(tensor, *arguments: Any, **options: Any) -> torch.Tensor:
        moved_to_gpu.append(tensor)
        return tensor

    with mock.patch.object(torch.Tensor, "cuda", cuda):
        got = learner.to_device(batch, device)
    expect(not moved_to_gpu, "always a GPU", expected=device.type)
    if isinstance(batch, torch.Tensor) and device == META:
        expect(got is not batch, "the moved tensor is dropped", got="cpu", expected="meta")
    expect(freeze(batch) == before, "the batch is changed")
    compare(got, batch, device, "batch")


def check(learner, generator: random.Random) -> None:
    """Look at a tensor, the example, each kind inside each other, and a CPU."""
    look(learner, torch.zeros(2, 3), META)
    look(learner, {"image": torch.zeros(2, 3), "ids": [torch.ones(4), "a"]}, META)
    look(learner, (torch.zeros(3), None, 2.5), META)
    for device in (META, CPU):
        parts: list[Any] = [torch.zeros(0), "text", None, 7, {}, [], ()]
        for _ in range(6):
            size = generator.randint(1, 5)
            tensor = torch.full((size, 3), generator.uniform(1, 2), dtype=torch.float64)
            inside = generator.sample(parts, 2)
            kinds = [[tensor, *inside], (tensor, *inside), {"x": tensor, "rest": inside}]
            parts.append(generator.choice(kinds))
            look(learner, parts[-1], device)
        look(learner, {"all": tuple(parts), "ids": torch.arange(3)}, device)
