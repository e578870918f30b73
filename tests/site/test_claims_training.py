"""What the page on training claims; its five lines are the package's.

All seeds but the first run with --soak only.
"""

import contextlib
import inspect
import io
import math
import re
import runpy
import time
from pathlib import Path
from statistics import fmean

import pytest
import torch
import torch.nn.functional as F
from torch import nn

from dlcourse.data.batches import Batches
from dlcourse.data.digits import load_digits
from dlcourse.data.torchvision_ops import torchvision
from dlcourse.models.mlp import MLP
from dlcourse.training.loop import evaluate, train_epoch, train_steps
from dlcourse.training.task import Supervised

SNIPPETS = Path(__file__).resolve().parents[2] / "snippets" / "training"
DIGITS = load_digits()
CPU = torch.device("cpu")
FIVE_LINES = [
    "loss = F.cross_entropy(model(images), labels)",
    "optimizer.zero_grad()",
    "loss.backward()",
    "optimizer.step()",
]


def as_float64(split, count=None):
    return split.images[:count].double() / 16, split.labels[:count]


def code_lines(text):
    return [line.split("#")[0].strip() for line in text.splitlines()]


@pytest.mark.parametrize("snippet", ["five_lines", "bug_mended"])
def test_the_loop_of_the_page_is_the_loop_of_the_package(snippet):
    page = code_lines((SNIPPETS / f"{snippet}.py").read_text("utf-8"))
    start = page.index(FIVE_LINES[0])
    assert page[start : start + 4] == FIVE_LINES

    package = code_lines(inspect.getsource(train_steps))
    start = package.index(FIVE_LINES[1])
    assert package[start : start + 3] == FIVE_LINES[1:]
    loss = inspect.getsource(Supervised.loss)
    assert "return self.loss_fn(network(inputs), targets)" in code_lines(loss)
    assert inspect.signature(train_epoch).parameters["loss_fn"].default is F.cross_entropy


def test_bug_hunt_differs_from_the_mended_loop_in_three_places():
    hunt, mended = (
        code_lines((SNIPPETS / f"{name}.py").read_text("utf-8"))[1:]
        for name in ("bug_hunt", "bug_mended")
    )
    assert set(mended) - set(hunt) == {
        "model = nn.Sequential(*layers, nn.Linear(32, 10))",
        "optimizer.zero_grad()",
        "model.eval()",
    }
    assert len(mended) == len(hunt) + 2


def train_with(bug, seed):
    """Return the last training loss and the validation accuracy of one with a bug or none."""
    torch.manual_seed(seed)
    order = torch.Generator().manual_seed(seed)
    train = Batches(DIGITS.train, 64, max_value=16, device=CPU, generator=order)
    extra = [nn.Softmax(dim=1)] if bug == "softmax" else []
    layers = [nn.Flatten(), nn.Linear(64, 32), nn.ReLU(), nn.Dropout(), nn.Linear(32, 10), *extra]
    model = nn.Sequential(*layers)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    for _ in range(10):
        for images, labels in train:
            loss = F.cross_entropy(model(images), labels)
            if bug != "zero_grad":
                optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    model.train(bug == "eval")
    images, labels = next(iter(Batches(DIGITS.validation, 200, max_value=16, device=CPU)))
    return loss.item(), (model(images).argmax(dim=1) == labels).float().mean().item()


def test_missing_zero_grad_costs_most_missing_eval_less_and_softmax_hides(seed):
    right, grad, mode, soft = (
        train_with(bug, seed) for bug in (None, "zero_grad", "eval", "softmax")
    )
    assert right[1] > 0.9
    assert grad[1] < 0.5
    assert grad[1] + 0.1 < mode[1] < right[1] - 0.03
    assert soft[1] > 0.85  # hardly to be seen in the accuracy, but in the loss:
    assert soft[0] > -math.log(math.e / (math.e + 9)) - 1e-6  # float32


def overfit(seed, count=150, decay=0.0, p=0.0, num_epochs=20):
    """Return each epoch's validation accuracy of a training with a fifth of the labels drawn."""
    torch.manual_seed(seed)
    x, y = as_float64(DIGITS.train, count)
    labels = torch.cat([torch.randint(10, (count // 5,)), y[count // 5 :]])
    layers = nn.Flatten(), nn.Linear(64, 99), nn.ReLU(), nn.Dropout(p), nn.Linear(99, 10)
    model = nn.Sequential(*layers).double()
    optimizer = torch.optim.AdamW(model.parameters(), 0.02, weight_decay=decay)
    rows = []
    for _ in range(num_epochs):
        train_epoch(model, [(x, labels)], optimizer, CPU)
        rows.append(evaluate(model, [as_float64(DIGITS.validation)], CPU)[1])
    return rows


def test_curves_show_too_few_parameters_enough_and_too_many(seed):
    """The page's three networks: validation loss high, low, and low before it climbs."""
    torch.manual_seed(seed)
    train, labels = as_float64(DIGITS.train), DIGITS.train.labels[:150].clone()
    labels[:30] = torch.randint(10, (30,))
    lowest, last, seen = [], [], []
    for width, data in ((2, train), (64, train), (256, (train[0][:150], labels))):
        layers = nn.Flatten(), nn.Linear(64, width), nn.Tanh(), nn.Linear(width, 10)
        model = nn.Sequential(*layers).double()
        optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
        losses = []
        for _ in range(100):
            seen_now = train_epoch(model, [data], optimizer, CPU)
            losses.append(evaluate(model, [as_float64(DIGITS.validation)], CPU)[0])
        lowest, last, seen = [*lowest, min(losses)], [*last, losses[-1]], [*seen, seen_now]
    assert min(lowest[0], seen[0]) > 1 > 0.5 > last[1] > seen[1]  # underfitting: both stay high
    assert seen[2] < 0.05 < lowest[2]  # learned by heart
    assert last[2] > 2 * lowest[2]


@pytest.mark.parametrize(
    "seed", [5, *(pytest.param(seed, marks=pytest.mark.soak) for seed in range(6, 10))]
)
def test_stopping_more_data_and_dropout_help(seed):
    """On seeds other than the page's; in each the order holds, by four points at least."""
    plain, dropped, more = overfit(seed), overfit(seed, p=0.8), overfit(seed, count=750)
    assert max(plain) > plain[-1] + 0.04  # early stopping
    assert dropped[-1] > plain[-1] + 0.04
    assert (
        max(dropped) - dropped[-1] < (max(plain) - plain[-1]) / 2
    )  # little is lost after its best epoch
    assert more[-1] > max(plain[-1], dropped[-1]) + 0.04


@pytest.mark.soak
def test_weight_decay_hardly_helps():
    gains = [overfit(seed, decay=1.0)[-1] - overfit(seed)[-1] for seed in range(5, 10)]
    assert abs(fmean(gains)) < 0.04


class Digits(torch.utils.data.Dataset):
    """The data set of the page's loader."""

    to_tensor = torchvision.transforms.ToTensor()

    def __len__(self):
        return len(DIGITS.train)

    def __getitem__(self, index):
        return self.to_tensor(DIGITS.train.images[index, 0].numpy()), DIGITS.train.labels[index]


@pytest.mark.soak
def test_loader_takes_longer_than_the_network():
    """About twice as long: seconds of this thread, the best of five."""
    batches = list(Batches(DIGITS.train, 64, max_value=255, device=CPU))
    model = MLP(in_features=64)
    optimizer = torch.optim.AdamW(model.parameters(), lr=0.003)

    def seconds(work):
        start = time.thread_time()
        work()
        return time.thread_time() - start

    loading = min(
        seconds(lambda: list(torch.utils.data.DataLoader(Digits(), 64))) for _ in range(5)
    )
    learning = min(seconds(lambda: train_epoch(model, batches, optimizer, CPU)) for _ in range(5))
    assert loading > learning


def test_one_batch_finds_a_learning_rate_that_is_too_small(tmp_path):
    """Try it: at the start the loss is that of a guess, and it stays there."""
    text = (SNIPPETS / "one_batch.py").read_text("utf-8")
    changed = tmp_path / "changed.py"
    changed.write_text(text.replace("lr=0.01", "lr=0.00001"), "utf-8")
    with contextlib.redirect_stdout(io.StringIO()) as told:
        runpy.run_path(str(changed))
    start, end = map(
        float, re.search(r"right: start ([\d.]+), end ([\d.]+)", told.getvalue()).groups()
    )
    assert abs(start - math.log(10)) < 0.1
    assert end > 2


@pytest.mark.soak
def test_settings_of_the_digit_reader_are_the_best_of_a_few_in_validation():
    """The page: learning rate and weight decay are the best of a few on the validation set."""
    lowest = {}
    for settings in ((0.01, 0.01), (0.01, 0.3), (0.03, 0.01), (0.03, 0.3)):
        losses = []
        for seed in range(5):
            torch.manual_seed(seed)
            model = MLP(in_features=64, hidden_features=64).double()
            optimizer = torch.optim.AdamW(
                model.parameters(), lr=settings[0], weight_decay=settings[1]
            )
            rows = []
            for _ in range(100):
                train_epoch(model, [as_float64(DIGITS.train)], optimizer, CPU)
                rows.append(evaluate(model, [as_float64(DIGITS.validation)], CPU)[0])
            losses.append(min(rows))
        lowest[settings] = sum(losses)
    assert min(lowest, key=lowest.get) == (0.03, 0.3)
