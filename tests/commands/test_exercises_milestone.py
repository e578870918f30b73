"""`dlcourse exercises milestone`: rows by the learner's own functions, beside ours."""

import json
import re
import runpy
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
import torch
import torch.nn.functional as F

from dlcourse.commands import exercises
from dlcourse.exercises.catalog import FOLDER, find_exercise, load_exercises
from dlcourse.exercises.grading import Verdict
from dlcourse.exercises.progress import Progress
from dlcourse.scratch.value import Value

from .conftest import one_line

ROOT = Path(__file__).resolve().parents[2]
MILESTONES = {
    path.parent.relative_to(FOLDER).as_posix() for path in FOLDER.glob("*/*/milestone.py")
}
ROW = re.compile(r".{22} [ \d]{3}\.\d% ± \d\.\d [ \d]{4}\.\d% ± \d\.\d")
SMALL = """
OURS = "ten neurons             50.0% ± 2.5   25.0% ± 2.2"


def run(learner):
    return {"correct": learner.half(), "moved": 0.25, "num_images": 400, "ours": OURS}
"""
BASE = find_exercise("neuron/weighted_sum", load_exercises())


@pytest.fixture
def small(work, monkeypatch):
    """Return an exercise with a small milestone; the course has it and one without."""
    folder = work / "course" / "half"
    folder.mkdir(parents=True)
    (folder / "milestone.py").write_text(SMALL)
    for name in ("task.md", "starter.py", "solution.py", "check.py"):
        (folder / name).write_text(BASE.read(name), "utf-8")
    exercise = replace(BASE, id="loss/half", folder=folder)
    monkeypatch.setattr(exercises, "load_exercises", lambda: [BASE, exercise])
    return exercise


def has_passed(exercise, source):
    """Write the learner's file, and record that it has passed."""
    file = Path(f"exercises/{exercise.id}.py")
    file.parent.mkdir(parents=True)
    file.write_text(source)
    progress = Progress()
    progress.record(exercise, Verdict(passed=True))
    progress.save()


def test_the_learners_row_stands_beside_ours(call, small):
    has_passed(small, "def half():\n    return 0.5\n")
    exit_code, out, _ = call("exercises", "milestone")
    assert exit_code == 0
    assert out.splitlines() == [
        "classifier            correct ± SE    moved ± SE",
        "your half               50.0% ± 2.5   25.0% ± 2.2",
        "ten neurons             50.0% ± 2.5   25.0% ± 2.2  (ours)",
    ]
    saved = json.loads(Path("exercises/.progress.json").read_text())
    assert saved["milestones"] == {"loss/half": [0.5, 0.25]}


def test_another_row_is_named(call, small):
    has_passed(small, "def half():\n    return 0.51\n")
    exit_code, out, _ = call("exercises", "milestone", "half")
    assert exit_code == 1
    assert "your half               51.0% ± 2.5   25.0% ± 2.2\n" in out
    assert out.endswith(
        "Your half gives another row than ours: dlcourse exercises check loss/half\n"
    )


def test_an_error_of_the_learner_is_a_sentence(call, small):
    has_passed(small, "def half():\n    return 1 / 0\n")
    exit_code, out, _ = call("exercises", "milestone")
    assert exit_code == 1
    assert "ZeroDivisionError: division by zero in line 2 of exercises/loss/half.py" in out


def test_what_is_not_passed_yet_is_named(call, small):
    exit_code, out, _ = call("exercises", "milestone")
    assert exit_code == 1
    assert out == "loss/half is not passed yet: dlcourse exercises start loss/half\n"


def test_an_exercise_without_a_milestone_is_a_usage_error(call, small):
    exit_code, _, err = call("exercises", "milestone", "weighted_sum")
    assert exit_code == 2
    assert "neuron/weighted_sum has no milestone: choose one of loss/half" in one_line(err)


def test_there_are_five_milestones():
    assert {
        "attention/attention",
        "backprop/value",
        "convolution/conv2d",
        "loss/cross_entropy",
        "loss/softmax",
    } == MILESTONES


@pytest.mark.parametrize("id", ["convolution/conv2d", "loss/cross_entropy", "loss/softmax"])
def test_our_row_is_on_the_scoreboard(id):
    ours = runpy.run_path(str(FOLDER / id / "milestone.py"))["OURS"]
    rows = [path.read_text("utf-8") for path in (ROOT / "snippets").glob("*/digit_reader.out")]
    assert ROW.fullmatch(ours)
    assert ours in "".join(rows).splitlines()


def run(id, **functions):
    """Return the row of a milestone, and ours."""
    module = runpy.run_path(str(FOLDER / id / "milestone.py"))
    facts = module["run"](SimpleNamespace(**functions))
    row = [f"{100 * facts[name]:.1f}%" for name in ("correct", "moved")]
    return row, re.findall(r"\d+\.\d%", module["OURS"])


def softmax(logits):
    """Return the probabilities, computed by PyTorch."""
    return F.softmax(as_tensor(logits), dim=0).tolist()


def as_tensor(numbers):
    return torch.tensor(numbers, dtype=torch.float64)


def attend(queries, keys, values, is_visible=None):
    return F.scaled_dot_product_attention(queries, keys, values, attn_mask=is_visible)


def attend_unscaled(queries, keys, values, is_visible=None):
    return F.scaled_dot_product_attention(queries, keys, values, scale=1.0)


def filter_image(image, kernel, padding=0, stride=1):
    image = as_tensor(image)[None, None]
    return F.conv2d(image, as_tensor(kernel)[None, None], None, stride, padding)[0, 0].tolist()


def filter_flipped(image, kernel, padding=0, stride=1):
    return filter_image(image, [row[::-1] for row in kernel[::-1]], padding, stride)


def cross_entropy(logits, target):
    return F.cross_entropy(as_tensor(logits), as_tensor(target).long()).item()


def cross_entropy_in_bits(logits, target):
    return cross_entropy(logits, target) / 0.6931471805599453


class SwappedValue(Value):
    """A value whose product passes its slope to the wrong factor."""

    def __mul__(self, other):
        product = SwappedValue(self.data * other.data)
        product.inputs = ((self, self.data), (other, other.data))
        return product

    def __add__(self, other):
        result = SwappedValue(self.data + other.data)
        result.inputs = ((self, 1.0), (other, 1.0))
        return result


RIGHT = {
    "loss/softmax": {"softmax": softmax},
    "backprop/value": {"Value": Value},
    "attention/attention": {"attention": attend},
    "convolution/conv2d": {"conv2d": filter_image},
    "loss/cross_entropy": {"cross_entropy": cross_entropy},
}
WRONG = {
    "backprop/value": {"Value": SwappedValue},
    "loss/softmax": {"softmax": lambda logits: softmax([logit / 2 for logit in logits])},
    "attention/attention": {"attention": attend_unscaled},
    "convolution/conv2d": {"conv2d": filter_flipped},
    "loss/cross_entropy": {"cross_entropy": cross_entropy_in_bits},
}


@pytest.mark.parametrize("id", ["backprop/value"])
def test_a_right_function_gives_our_row(id):
    row, ours = run(id, **RIGHT[id])
    assert row == ours


@pytest.mark.soak
@pytest.mark.parametrize("id", RIGHT)
def test_each_right_function_gives_our_row(id):
    row, ours = run(id, **RIGHT[id])
    assert row == ours


@pytest.mark.soak
@pytest.mark.parametrize("id", WRONG)
def test_a_wrong_function_gives_another_row(id):
    row, ours = run(id, **WRONG[id])
    assert row != ours
