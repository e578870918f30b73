"""Exercises and quizzes as their folders have them."""

import tomllib
from dataclasses import replace
from unittest.mock import patch

import pytest

from dlcourse.errors import UsageError
from dlcourse.exercises.catalog import (
    find_exercise,
    load_exercises,
    load_quiz,
    quiz_chapters,
)

CATALOG = load_exercises()
EXERCISE = find_exercise("neuron/weighted_sum", CATALOG)


def test_the_parts_of_a_task():
    assert EXERCISE.chapter == "neuron"
    assert EXERCISE.title == "A neuron's weighted sum"
    assert EXERCISE.task.startswith("Write `weighted_sum(x, w, b)`")
    assert EXERCISE.task.endswith("works for any number of inputs.")
    assert [hint.split()[0] for hint in EXERCISE.hints] == ["Each", "`zip(w,", "The"]
    assert EXERCISE.why.startswith("Every layer")
    assert "# TODO:" in EXERCISE.starter
    assert "zip" in EXERCISE.solution
    assert {path.name for path in EXERCISE.wrong_files} >= {"wrong_no_bias.py"}


def test_an_index_is_parsed_once_until_it_is_saved_again(tmp_path):
    index = tmp_path / "index.toml"
    entry = '[[exercise]]\nid = "a/b"\npage = "a"\nobjectives = [1]\nlevel = {}\nminutes = 5\n'
    with patch.object(tomllib, "loads", wraps=tomllib.loads) as loads:
        for level in (1, 1, 1, 2, 2):
            index.write_text(entry.format(level))
            (one,) = load_exercises(tmp_path)
            assert one.level == level
    assert loads.call_count == 2
    index.unlink()
    with pytest.raises(FileNotFoundError):  # read each time: a kept site notes what a page reads
        load_exercises(tmp_path)


def write_exercise(folder, check):
    folder.mkdir(exist_ok=True)
    for name in ("starter.py", "solution.py"):
        (folder / name).write_text("import math\n")
    (folder / "check.py").write_text(check)
    return replace(EXERCISE, folder=folder)


@pytest.mark.parametrize(
    ("check", "needs_torch"),
    [
        ("import random\nfrom dlcourse.exercises.checking import expect\n", False),
        ("from dlcourse.scratch.value import Value\n", False),
        ("def check(learner, generator):\n    import torch.nn\n", True),
        ("from dlcourse.data.digits import load_digits\n", True),
    ],
)
def test_pure_exercises_import_the_standard_library_and_ours(tmp_path, check, needs_torch):
    assert write_exercise(tmp_path / "task", check).needs_torch is needs_torch


@pytest.mark.parametrize(
    "name", ["neuron/weighted_sum", "weighted_sum", "exercises\\neuron\\weighted_sum.py"]
)
def test_names_of_an_exercise(name):
    assert find_exercise(name, CATALOG) is EXERCISE


def test_a_name_of_two_exercises_is_refused():
    other = replace(EXERCISE, id="network/weighted_sum")
    with pytest.raises(UsageError, match=r"neuron/weighted_sum or network/weighted_sum"):
        find_exercise("weighted_sum", [EXERCISE, other])


def test_a_chapter_may_have_no_quiz(tmp_path):
    assert load_quiz("neuron", tmp_path) == []


def test_the_choices_of_a_question(tmp_path):
    (tmp_path / "neuron").mkdir()
    (tmp_path / "neuron" / "quiz.toml").write_text(
        '[[question]]\nid = "a"\nprogram = "neuron/predict_a"\ntext = "What?"\nright = 1\n'
        '[[question.choices]]\nvalue = "1"\ntext = "One."\nexplanation = "It is."\n'
        '[[question.choices]]\ntext = "Two."\nexplanation = "It is not."\n'
    )
    (question,) = load_quiz("neuron", tmp_path)
    assert question.right == 1
    assert [choice.value for choice in question.choices] == ["1", None]
    assert question.choices[1].explanation == "It is not."
    (tmp_path / "index.toml").write_text(
        '[[exercise]]\nid = "neuron/a"\npage = "neuron"\nobjectives = [1]\nlevel = 1\nminutes = 5\n'
    )
    assert quiz_chapters(tmp_path) == ["neuron"]
