"""Whatever the command line is: no traceback, the right exit code, one line, the option's name."""

import dataclasses
import os

import pytest
import typer
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dlcourse import cli
from dlcourse.cli import main
from dlcourse.training.config import TrainConfig

COMMANDS = typer.main.get_command(cli.app).commands
OPTIONS = sorted(
    (name, option.opts[0])
    for name, command in COMMANDS.items()
    for option in command.params
    if option.param_type_name == "option"
)
SETTINGS = [f"--{field.name.replace('_', '-')}" for field in dataclasses.fields(TrainConfig)]
# In the order in which they find most; the numbers are of no type, out of range, or of another script.
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
        "digits",
        "mnist",
        "run",
        "file",
        "missing",
        "cpu",
        "cuda",
        "--debu",
        "--version",
    ),
    *("--epochs=1", "--seed=x", "--", "-", "0", "1", "2", *BAD, "\x1b[31m", "../..", "/dev/null"),
]


@pytest.fixture(autouse=True)
def work(tmp_path, monkeypatch):
    """Run each test in its own folder, without a network, where a run takes one epoch."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DLCOURSE_DATA", raising=False)
    monkeypatch.delenv("DLCOURSE_DEBUG", raising=False)
    monkeypatch.setattr(cli, "find_recipe", lambda model, data: TrainConfig(epochs=1))
    monkeypatch.setattr("socket.socket.connect", refuse)
    (tmp_path / "file").touch()


def refuse(*_):
    raise OSError("no network")


@pytest.fixture
def call(capsys):
    """Run a command line in this process; return its exit code, and the error's line if there is one."""

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
def test_every_other_option_bears_every_value(call, command, option, values):
    needed = {"train": ["mlp"], "evaluate": ["run"], "predict": ["run", "file"]}.get(command, [])
    for value in values:
        exit_code, err = call(command, *needed, option, value)
        if option == "--device":
            assert (exit_code, option in err) == (2, True), (value, err)


def test_every_option_of_the_table_is_there():
    assert {option for command, option in OPTIONS if command == "train"} >= set(SETTINGS)
    assert len(OPTIONS) >= len(SETTINGS) + 15
    assert os.listdir() == ["file"]
