"""What a notebook says of a learner's functions, classes and cells, in a shell of this process."""

import pytest
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from dlcourse.errors import UsageError
from dlcourse.exercises import check
from dlcourse.exercises.catalog import find_exercise, load_exercises
from dlcourse.exercises.notebook import name_of, program_of
from dlcourse.exercises.runner import check_file

EXERCISE = find_exercise("neuron/weighted_sum", load_exercises())
WRONG = EXERCISE.read("wrong_no_bias.py")
PASSED = f"neuron/weighted_sum: passed\n{EXERCISE.why}\n"


@pytest.fixture
def shell(tmp_path, monkeypatch):
    """Return what runs cells as a notebook does; an error of a cell fails the test."""
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))
    config = Config()
    config.HistoryManager.enabled = False
    interactive = InteractiveShell(config=config)

    def run(*cells: str) -> None:
        for cell in cells:
            interactive.run_cell(cell, store_history=True).raise_error()

    run("from dlcourse.exercises import check", "%load_ext dlcourse.exercises")
    run.names = interactive.user_ns
    return run


def test_a_function_gets_the_verdict_of_its_file(shell, capsys):
    shell(WRONG, "check(weighted_sum)")
    (path,) = [path for path in EXERCISE.wrong_files if path.stem == "wrong_no_bias"]
    message = check_file(EXERCISE, path).verdict.message
    assert capsys.readouterr().out == f"neuron/weighted_sum: not passed\n{message}\n"
    shell(EXERCISE.solution, "check(weighted_sum)")
    assert capsys.readouterr().out == PASSED


def test_what_the_function_uses_of_other_cells_is_checked_with_it(shell, capsys):
    shell(
        "import math as m\nfrom itertools import starmap\nSTART = 0.0",
        "class Pairs:\n    def of(self, *lists):\n        return zip(*lists, strict=True)",
        "def product(a, b):\n    return m.prod([a, b])",
        "def weighted_sum(x, w, b):\n    return sum(starmap(product, Pairs().of(w, x)), START) + b",
        "check(weighted_sum)",
    )
    assert capsys.readouterr().out == PASSED


def test_the_cell_that_was_run_last_counts(shell, capsys):
    shell(EXERCISE.solution, WRONG, "check(weighted_sum)")
    assert "not passed" in capsys.readouterr().out


def test_an_error_names_the_line_of_the_cell(shell, capsys):
    shell(f"%%exercise {EXERCISE.id}\n\ndef weighted_sum(x, w, b):\n    return x / w")
    out = capsys.readouterr().out
    assert out.startswith("neuron/weighted_sum: not passed\n")
    assert "line 4 of your cell" in out


def test_a_cell_runs_if_it_passes(shell, capsys):
    shell(f"%%exercise weighted_sum\n{WRONG}")
    assert "the bias is not added" in capsys.readouterr().out
    assert "weighted_sum" not in shell.names
    shell(f"%%exercise weighted_sum\n{EXERCISE.solution}")
    assert capsys.readouterr().out == PASSED
    assert shell.names["weighted_sum"]([1.0], [2.0], 3.0) == 5.0


def test_a_starter_is_not_written_yet(shell, capsys):
    shell(EXERCISE.starter, "check(weighted_sum)")
    assert "Not written yet" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("objects", "name", "text"),
    [
        ((), None, "there is nothing to check"),
        ((1.5,), None, "1.5 is not a function"),
        ((lambda x: x,), "neuron/unknown", "there is no exercise 'neuron/unknown'"),
        ((int,), "weighted_sum", "the source of int is not known"),
    ],
)
def test_what_cannot_be_checked_is_said(objects, name, text):
    with pytest.raises(UsageError, match=text):
        check(*objects, exercise=name)


def test_a_name_of_a_starter_finds_its_exercise():
    assert name_of(type("weighted_sum", (), {})) == "weighted_sum"
    assert name_of(type("unknown_name", (), {})) == "unknown_name"


def test_functions_that_use_each_other_are_written_once():
    assert len(list(program_of(even, set()))) == 2


def even(n):
    return n == 0 or odd(n - 1)


def odd(n):
    return n > 0 and even(n - 1)
