"""Check training/accuracy."""

import contextlib
import copy
import os
import pickle
import random
import tempfile
from pathlib import Path

import torch
from torch import nn

from dlcourse.exercises.checking import expect, expect_number, is_close

EXAMPLE = "With 2 of 3 and 1 of 1 correct you return {got}, expected {expected}: "
MESSAGES = {
    "a tensor is returned": "You return {got}, expected a Python number: use .item().",
    "not in evaluation mode": "The model computes in training mode while you measure, so dropout "
    "would set units to zero: call model.eval() first.",
    "each batch counts the same": EXAMPLE + "each batch counts the same. Count the examples, and "
    "divide once.",
    "the largest of each column is taken": EXAMPLE + "the largest logit of each column is taken. "
    "A row is an example: use argmax(dim=1).",
    "a percentage is returned": EXAMPLE + "that is a percentage, and a share is at most 1.",
    "another share": "With {correct} of {count} examples correct, in batches of {sizes}, you "
    "return {got}, expected {expected}.",
    "the computation is recorded": "The model's computation is recorded for a backward pass that "
    "never comes: measure under torch.no_grad().",
    "gradients stay off": "After your function torch.is_grad_enabled() is False, so training "
    "would fail: use with torch.no_grad(), which switches back.",
    "the mode is not restored": "The model came in training mode, and you leave it in evaluation "
    "mode, expected as before: the next epoch would have no dropout.",
    "a model in evaluation mode is switched": "The model came in evaluation mode, and you leave "
    "it in training mode: remember model.training, and restore it.",
    "nothing is saved": "After save(model, path) there is no file at path.",
    "the whole model is saved": "The file holds more than tensors, so weights_only=True refuses "
    "it: save model.state_dict(), and not the model itself.",
    "the buffers are not saved": "The file has {got} entries, expected {expected}: the running "
    "averages of batch normalization are missing. Save the whole state dictionary.",
    "other values are saved": "The file does not hold the names and values of model.state_dict().",
    "not a number and a number": "predict returns {got}, expected the class and its probability, "
    "both as Python numbers.",
    "the image is no batch": "The model gets the shape {got}, expected {expected}: a batch of one "
    "image. Add the axis with image.unsqueeze(0).",
    "the prediction is not in evaluation mode": "The model predicts in training mode, in which "
    "dropout sets values to zero: call model.eval() after loading.",
    "the prediction is recorded": "The prediction is recorded for a backward pass that never "
    "comes: predict under torch.no_grad().",
    "the file runs its code": "predict opens a file that holds more than tensors, and runs the "
    "code in it, which made a folder: use torch.load with weights_only=True.",
    "the file is not loaded": "The class is {got}, expected {expected}: the model predicts with "
    "its own initial values. Load the file into it.",
    "another class": "The class is {got}, expected {expected}: the place of the largest logit.",
    "the logit is returned": "The second result is {got}, expected {expected}: that is the logit, "
    "not its probability.",
    "another probability": "The probability is {got}, expected {expected}: the largest value of "
    "the softmax.",
}
EXAMPLE_LOGITS = torch.tensor([[3.0, 1.0, 2.0], [0.0, 5.0, 1.0], [9.0, 1.0, 0.5]])
EXAMPLE_BATCHES = [
    (EXAMPLE_LOGITS, torch.tensor([0, 1, 2])),
    (torch.tensor([[1.0, 0.0, 2.0]]), torch.tensor([2])),
]


def check(learner, generator: random.Random) -> None:
    """Check one function after the other."""
    check_accuracy(learner, generator)
    check_saving(learner, generator)


class Watched(nn.Module):
    """A model that returns its input as the logits, and notes how it was called."""

    def __init__(self):
        super().__init__()
        self.modes = []
        self.recorded = []

    def forward(self, logits):
        self.modes.append(self.training)
        self.recorded.append(torch.is_grad_enabled())
        return logits


def measure(learner, batches, mode: bool) -> tuple:
    """Call the learner's function; return its result, the model, and whether gradients are on."""
    model = Watched().train(mode)
    try:
        got = learner.accuracy(model, batches)
        is_enabled = torch.is_grad_enabled()
    finally:
        torch.set_grad_enabled(True)
    return got, model, is_enabled


def check_accuracy(learner, generator: random.Random) -> None:
    """Compare the modes, then the example, then random batches, then what stays afterwards."""
    got, model, is_enabled = measure(learner, EXAMPLE_BATCHES, True)
    expect(not isinstance(got, torch.Tensor), "a tensor is returned", got=got)
    expect_number(got, "accuracy(model, batches)")
    expect(not any(model.modes), "not in evaluation mode")
    shown = {"got": got, "expected": 0.75}
    expect(not is_close(got, 5 / 6), "each batch counts the same", **shown)
    columns = [images.argmax(dim=0) == labels for images, labels in EXAMPLE_BATCHES]
    mistaken = sum(column.sum().item() for column in columns) / 4
    expect(not is_close(got, mistaken), "the largest of each column is taken", **shown)
    expect(not is_close(got, 75.0), "a percentage is returned", **shown)
    check_random(learner, [3, 1], EXAMPLE_BATCHES)
    torch_generator = torch.Generator().manual_seed(generator.randrange(2**31))
    for sizes in ([5], [7, 2, 6]):
        batches = []
        for size in sizes:
            logits = torch.randn(size, 4, generator=torch_generator)
            labels = torch.randint(4, (size,), generator=torch_generator)
            labels[: size // 2] = logits.argmax(dim=1)[: size // 2]
            batches.append((logits, labels))
        check_random(learner, sizes, batches)
    expect(not any(model.recorded), "the computation is recorded")
    expect(is_enabled, "gradients stay off")
    expect(model.training, "the mode is not restored")
    _, model, _ = measure(learner, EXAMPLE_BATCHES, False)
    expect(not model.training, "a model in evaluation mode is switched")


def check_random(learner, sizes: list[int], batches) -> None:
    """Compare the share of correct examples in some batches."""
    got, _, _ = measure(learner, batches, True)
    expect_number(got, "accuracy(model, batches)")
    correct = sum((logits.argmax(1) == labels).sum().item() for logits, labels in batches)
    expected = correct / sum(sizes)
    shown = {"correct": correct, "count": sum(sizes), "sizes": sizes, "got": got}
    expect(is_close(got, expected), "another share", expected=expected, **shown)


def make_network(generator: torch.Generator) -> nn.Sequential:
    """Return a network with batch normalization, dropout and random values throughout."""
    layer = nn.Linear(12, 5)
    network = nn.Sequential(nn.Flatten(), layer, nn.BatchNorm1d(5), nn.Dropout(0.5))
    for tensor in network.state_dict().values():
        if tensor.is_floating_point():
            tensor.copy_(2 * torch.rand(tensor.shape, generator=generator) + 0.1)
    layer.weight.data.sub_(1.0)
    return network


def expect_right_call(network: nn.Module, arguments: tuple) -> None:
    """Stop unless the network is called with a batch of one, in evaluation mode, unrecorded."""
    shape = tuple(arguments[0].shape)
    expect(shape == (1, 3, 4), "the image is no batch", got=shape, expected=(1, 3, 4))
    expect(not network.training, "the prediction is not in evaluation mode")
    expect(not torch.is_grad_enabled(), "the prediction is recorded")


def logits_of(network: nn.Module, image: torch.Tensor) -> torch.Tensor:
    """Return the logits of one image in evaluation mode, as a copy computes them."""
    with torch.no_grad():
        return copy.deepcopy(network).eval()(image.unsqueeze(0))[0]


def check_saving(learner, generator: random.Random) -> None:
    """Compare the file, then how the model is called, then what is predicted."""
    torch_generator = torch.Generator().manual_seed(generator.randrange(2**31))
    network = make_network(torch_generator)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "network.pt"
        learner.save(network, path)
        expect(path.exists(), "nothing is saved")
        check_file(path, network.state_dict())
        for _ in range(3):
            fresh = make_network(torch_generator)
            image = torch.rand(3, 4, generator=torch_generator)
            while logits_of(network, image).argmax() == logits_of(fresh, image).argmax():
                fresh = make_network(torch_generator)
                image = torch.rand(3, 4, generator=torch_generator)
            check_prediction(learner, network, fresh, path, image)
        check_stranger(learner, network, path, image)


class Trap:
    """An object that makes a folder when it is read from a pickle file."""

    def __init__(self, folder: Path):
        self.folder = folder

    def __reduce__(self):
        return os.mkdir, (str(self.folder),)


def check_stranger(learner, network: nn.Module, path: Path, image: torch.Tensor) -> None:
    """Let the learner open a file that runs code where not only tensors are accepted."""
    trap = Trap(path.with_name("trap"))
    torch.save(network.state_dict() | {"trap": trap}, path)
    with contextlib.suppress(Exception):  # that the file is refused is right
        learner.predict(copy.deepcopy(network), path, image)
    expect(not trap.folder.exists(), "the file runs its code")


def check_file(path: Path, expected: dict) -> None:
    """Compare the names and values in the file."""
    try:
        saved = torch.load(path, weights_only=True)
    except pickle.UnpicklingError:
        saved = None
    is_plain = isinstance(saved, dict)
    expect(is_plain, "the whole model is saved")
    is_short = saved.keys() < expected.keys()
    shown = {"got": len(saved), "expected": len(expected)}
    expect(not is_short, "the buffers are not saved", **shown)
    is_same = saved.keys() == expected.keys()
    is_same = is_same and all(torch.equal(saved[name], expected[name]) for name in expected)
    expect(is_same, "other values are saved")


def check_prediction(learner, network, fresh, path, image) -> None:
    """Compare one prediction with that of the network that was saved."""
    untrained = logits_of(fresh, image).argmax().item()
    fresh.register_forward_pre_hook(expect_right_call)
    got = learner.predict(fresh, path, image)
    is_pair = isinstance(got, tuple | list) and len(got) == 2
    is_pair = is_pair and isinstance(got[0], int) and isinstance(got[1], float)
    expect(is_pair, "not a number and a number", got=got)
    expect_number(got[1], "The probability")
    logits = logits_of(network, image)
    expected = logits.argmax().item()
    shown = {"got": got[0], "expected": expected}
    expect(got[0] != untrained, "the file is not loaded", **shown)
    expect(got[0] == expected, "another class", **shown)
    shown = {"got": got[1], "expected": logits.softmax(0).max().item()}
    expect(not is_close(got[1], logits.max().item(), 1e-5), "the logit is returned", **shown)
    # float32, and a softmax in another order of operations
    expect(is_close(got[1], shown["expected"], 1e-5), "another probability", **shown)
