"""What the page on training claims; its four lines are the package's.

All seeds but the first run with --soak only.
"""

import contextlib
import copy
import inspect
import io
import math
import pickle
import re
import runpy
import time
from pathlib import Path

import matplotlib.pyplot as plt
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
EXERCISES = Path(__file__).resolve().parents[2] / "src/dlcourse/exercises/training"
DIGITS = load_digits()
CPU = torch.device("cpu")
FOUR_LINES = [
    "loss = F.cross_entropy(model(images), labels)",
    "optimizer.zero_grad()",
    "loss.backward()",
    "optimizer.step()",
]


def as_float64(split, count=None):
    return split.images[:count].double() / 16, split.labels[:count]


def code_lines(text):
    return [line.split("#")[0].strip() for line in text.splitlines()]


@pytest.mark.parametrize("snippet", ["program", "four_lines", "bug_fixed"])
def test_the_loop_of_the_page_is_the_loop_of_the_package(snippet):
    text = (SNIPPETS / f"{snippet}.py").read_text("utf-8")
    page = code_lines(text.replace("network(images)", "model(images)"))
    start = page.index(FOUR_LINES[0])
    assert page[start : start + 4] == FOUR_LINES

    package = code_lines(inspect.getsource(train_steps))
    start = package.index(FOUR_LINES[1])
    assert package[start : start + 3] == FOUR_LINES[1:]
    loss = inspect.getsource(Supervised.loss)
    assert "return self.loss_fn(network(inputs), targets)" in code_lines(loss)
    assert inspect.signature(train_epoch).parameters["loss_fn"].default is F.cross_entropy


def test_bug_hunt_differs_from_the_fixed_program_in_three_places():
    texts = [(SNIPPETS / f"bug_{name}.py").read_text("utf-8") for name in ("hunt", "fixed")]
    hunt, fixed = (code_lines(text)[1:] for text in texts)
    assert set(fixed) - set(hunt) == {"optimizer.zero_grad()", "model.eval()"}
    assert set(hunt) - set(fixed) == {"layers.append(nn.Softmax(dim=1))"}
    assert len(fixed) == len(hunt) + 1


def run_changed(name, folder, old, new):
    """Run a snippet with one text replaced; return what it printed, and its names."""
    text = (SNIPPETS / f"{name}.py").read_text("utf-8")
    assert text.count(old) == 1
    path = folder / f"{name}.py"
    path.write_text(text.replace(old, new), "utf-8")
    with contextlib.chdir(folder), contextlib.redirect_stdout(io.StringIO()) as told:
        names = runpy.run_path(str(path))
    plt.close("all")
    return told.getvalue(), names


def test_program_learns_on_with_its_training_loss_while_validation_is_level(seed, tmp_path):
    told, names = run_changed("program", tmp_path, "manual_seed(0)", f"manual_seed({seed})")
    training, validation = names["training_losses"], names["validation_losses"]
    assert training[9] < 0.65 * training[4]
    assert max(validation[4:]) - min(validation[4:]) < 0.07
    assert 0.92 < names["accuracy"] < 0.98  # about nineteen of twenty
    assert "equal predictions after loading: True" in told


@pytest.mark.parametrize("line", ["loss.backward()  # 3", "optimizer.step()  # 4"])
def test_without_gradients_or_steps_nothing_is_learned(line, tmp_path):
    _, names = run_changed("program", tmp_path, line, "pass")
    assert abs(names["training_losses"][9] - names["training_losses"][0]) < 1e-4
    assert names["accuracy"] < 0.3


def test_without_zero_grad_the_loss_falls_at_first_and_the_program_ends_worse(seed, tmp_path):
    change = f"manual_seed({seed})"
    _, right = run_changed("program", tmp_path, "manual_seed(0)", change)
    (tmp_path / "other").mkdir()
    text = (SNIPPETS / "program.py").read_text("utf-8").replace("manual_seed(0)", change)
    path = tmp_path / "other" / "program.py"
    path.write_text(text.replace("optimizer.zero_grad()  # 2", "pass"), "utf-8")
    with contextlib.chdir(path.parent), contextlib.redirect_stdout(io.StringIO()):
        wrong = runpy.run_path(str(path))
    plt.close("all")
    assert min(wrong["training_losses"]) < math.log(10) - 0.3
    assert wrong["training_losses"][9] > 5 * right["training_losses"][9]


def test_a_loader_shuffles_only_if_asked():
    numbers = torch.arange(1000)
    loader = torch.utils.data.DataLoader
    assert torch.equal(torch.cat(list(loader(numbers, batch_size=10))), numbers)
    assert not torch.equal(torch.cat(list(loader(numbers, batch_size=10, shuffle=True))), numbers)


def test_a_new_network_is_in_training_mode():
    assert nn.Dropout().training


class Evil:
    """What its pickle makes of itself runs code."""

    def __reduce__(self):
        return print, ("code has run",)


def test_load_refuses_a_pickle_that_runs_code(tmp_path, capsys):
    torch.save({"weight": Evil()}, tmp_path / "evil.pt")
    for settings in ({}, {"weights_only": True}):
        with pytest.raises(pickle.UnpicklingError):
            torch.load(tmp_path / "evil.pt", **settings)
    assert "code has run" not in capsys.readouterr().out


def test_results_of_inference_mode_cannot_be_used_with_gradients():
    layer = nn.Linear(2, 1)
    with torch.no_grad():
        plain = layer(torch.ones(1, 2))
    with torch.inference_mode():
        fixed = layer(torch.ones(1, 2))
    (plain * layer.weight).sum().backward()
    with pytest.raises(RuntimeError, match="Inference tensors cannot be saved"):
        (fixed * layer.weight).sum().backward()


def exercise(program, *changes):
    """Return the names of an exercise's program with some texts replaced."""
    text = (EXERCISES / f"{program}.py").read_text("utf-8")
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    names = {}
    exec(text, names)
    return names


def test_loop_of_the_exercise_has_five_bugs():
    torch.manual_seed(0)
    x = torch.rand(96, 64)
    y = torch.randint(10, (96,))
    batches = [(x[:64], y[:64]), (x[64:], y[64:])]
    softmax = ("logits.softmax(dim=1)", "logits")
    programs = {
        "bugs": exercise("bug_hunt/starter"),
        "four bugs": exercise("bug_hunt/starter", softmax),
        "fixed": exercise("bug_hunt/solution"),
    }
    results = {}
    for name, program in programs.items():
        torch.manual_seed(1)
        model = nn.Sequential(nn.Linear(64, 10)).eval()
        optimizer = torch.optim.SGD(model.parameters(), lr=0.0)  # the model stays as it is
        loss = program["train_epoch"](model, batches, F.cross_entropy, optimizer)
        gradient = model[0].weight.grad
        results[name] = type(loss), model.training, gradient.norm().item()
    assert results["bugs"][:2] == (torch.Tensor, False)
    assert results["fixed"][:2] == (float, True)
    assert results["four bugs"][2] > results["fixed"][2]  # two gradients in place of one
    assert results["bugs"][2] < results["four bugs"][2] / 2  # a softmax flattens the loss

    def fixed_loss(logits, labels):  # 1 for the large batch and 4 for the small one
        return logits.sum() * 0 + (1.0 if len(labels) == 64 else 4.0)

    means = {}
    for name in ("bugs", "fixed"):
        model = nn.Linear(64, 10)
        optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
        mean = programs[name]["train_epoch"](model, batches, fixed_loss, optimizer)
        means[name] = torch.as_tensor(mean).item()
    assert means == {"bugs": 2.5, "fixed": 2.0}


def test_fixed_loop_of_the_exercise_is_that_of_the_package(seed):
    torch.manual_seed(seed)
    x = torch.rand(96, 64, dtype=torch.float64)
    y = torch.randint(10, (96,))
    batches = [(x[:64], y[:64]), (x[64:], y[64:])]
    ours = nn.Linear(64, 10).double()
    theirs = copy.deepcopy(ours)
    loop = exercise("bug_hunt/solution")["train_epoch"]
    our_loss = loop(ours, batches, F.cross_entropy, torch.optim.SGD(ours.parameters(), lr=0.1))
    optimizer = torch.optim.SGD(theirs.parameters(), lr=0.1)
    assert our_loss == pytest.approx(train_epoch(theirs, batches, optimizer, CPU))
    assert torch.equal(ours.weight, theirs.weight)


@pytest.mark.parametrize("is_training", [True, False])
def test_accuracy_of_the_exercise_is_that_of_the_package(is_training):
    torch.manual_seed(0)
    model = nn.Sequential(nn.Flatten(), nn.Linear(64, 10), nn.Dropout()).double()
    model.train(is_training)
    x, y = as_float64(DIGITS.validation)
    batches = [(x[:100], y[:100]), (x[100:], y[100:])]
    ours = exercise("accuracy/solution")["accuracy"](model, batches)
    assert model.training is is_training
    assert ours == pytest.approx(evaluate(model, batches, CPU)[1])


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
    told, _ = run_changed("one_batch", tmp_path, "lr=0.01", "lr=0.00001")
    found = re.search(r"correct: start ([\d.]+), end ([\d.]+)", told)
    start, end = map(float, found.groups())
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


def row(chapter):
    """Return the accuracy on the test images and on the moved ones of a chapter's last row."""
    text = (SNIPPETS.parent / chapter / "digit_reader.out").read_text("utf-8")
    numbers = re.findall(r"[\d.]+", text.splitlines()[-1][22:])
    return float(numbers[0]), float(numbers[-2 if "±" in text else -1])


def test_careful_training_brings_less_than_one_standard_error_and_does_not_help_moved_images():
    careful = row("training")
    plain = row("backprop")
    assert 0 <= careful[0] - plain[0] < 0.8
    assert careful[1] < 50
