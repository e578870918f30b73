"""Any command line ends without a traceback, with the right exit code.

An error is one line that names the option.
"""

import dataclasses
import os

import pytest
import typer
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dlcourse.commands.app import app, main
from dlcourse.tasks.classify import Classify
from dlcourse.tasks.family import Family
from dlcourse.training.config import TrainConfig

COMMANDS = typer.main.get_command(app).commands
OPTIONS = sorted(
    (name, option.opts[0])
    for name, command in COMMANDS.items()
    for option in command.params
    if option.param_type_name == "option"
)
SETTINGS = [f"--{field.name.replace('_', '-')}" for field in dataclasses.fields(TrainConfig)]
# In the order in which they find most. The numbers are of another type, out of range, or in
# another script.
BAD = [
    "x",
    "-1",
    "nan",
    "",
    "1e999",
    "\0",
    "9" * 40,
    " ",
    "1,5",
    "0x1",
    "é",
    "٣",
    "\udcff",
    "[1]",
    "y" * 300,
]
WORDS = [
    *COMMANDS,
    *sorted({option for _, option in OPTIONS}),
    *(
        "mlp",
        "cnn",
        "lenet",
        "gru",
        "digits",
        "course",
        "mnist",
        "run",
        "file",
        "missing",
        "cpu",
        "cuda",
        *("--debu", "-h", "-V", "help", "MLP", "--lr", "~", "~/x", "$HOME/x"),
        "--version",
    ),
    *("--epochs=1", "--seed=x", "--", "-", "0", "1", "2", *BAD, "\x1b[31m", "../..", "/dev/null"),
]


@pytest.fixture(autouse=True)
def small_runs(work, monkeypatch, small_text):
    """Run each test without a network, where a run takes one epoch and the text is a small one."""
    for family in (Family, Classify):
        monkeypatch.setattr(family, "find_recipe", lambda self, data: TrainConfig(epochs=1))
    monkeypatch.setattr("dlcourse.tasks.language.COURSE_TEXT", small_text)
    monkeypatch.setattr("socket.socket.connect", refuse)
    (work / "file").touch()


def refuse(*_):
    raise OSError("no network")


@pytest.fixture
def call(capsys):
    """Return a function that runs a command line; it returns the exit code and the error's line."""

    def run(*words):
        exit_code = main(words)
        err = capsys.readouterr().err
        assert exit_code in {0, 2, 3, 4, 5, 6}, (words, err)  # 70 is a bug of ours
        assert "Traceback" not in err, words
        if exit_code == 0:
            return 0, ""
        *_, last = err.splitlines()
        assert last.startswith("dlcourse: error: "), (words, err)
        return exit_code, last

    return run


@pytest.mark.parametrize("count", [100, pytest.param(1000, marks=pytest.mark.soak)])
def test_any_command_line_ends_well_or_in_one_line(call, count):
    @settings(max_examples=count, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.sampled_from([*COMMANDS, ""]), st.lists(st.sampled_from(WORDS), max_size=6))
    def check(command, words):
        call(*([command] if command else []), *words)

    check()


FLAGS = {option.opts[0] for option in COMMANDS["train"].params if getattr(option, "is_flag", False)}


@pytest.mark.parametrize("option", [option for option in SETTINGS if option not in FLAGS])
def test_a_setting_that_is_refused_is_named(call, option):
    refused = 0
    for value in BAD:
        exit_code, err = call("train", "mlp", "--show-config", option, value)
        assert exit_code in {0, 2}
        if exit_code:
            assert option in err, (value, err)
            refused += 1
    assert refused >= 5


@pytest.mark.parametrize(
    ("command", "option"), [pair for pair in OPTIONS if pair[1] not in SETTINGS]
)
@pytest.mark.parametrize("values", [BAD[:4], pytest.param(BAD[4:], marks=pytest.mark.soak)])
def test_every_other_option_tolerates_every_value(call, command, option, values):
    needed = {
        "train": ["mlp"],
        "evaluate": ["run"],
        "predict": ["run", "file"],
        "sample": ["run"],
        "export": ["run"],
    }
    for value in values:
        exit_code, err = call(command, *needed.get(command, []), option, value)
        if option == "--device":
            assert (exit_code, option in err) == (2, True), (value, err)


def test_every_option_of_the_table_is_there():
    assert {option for command, option in OPTIONS if command == "train"} >= set(SETTINGS)
    assert len(OPTIONS) >= len(SETTINGS) + 25
    assert os.listdir() == ["file"]
