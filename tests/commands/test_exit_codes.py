import errno
import os
from pathlib import Path

import pytest

from dlcourse.commands.app import main
from dlcourse.commands.exit_codes import end_with, show, wrong_arguments_as_usage_errors
from dlcourse.data.watching import watcher
from dlcourse.errors import (
    CheckpointError,
    DataError,
    EnvironmentProblem,
    TrainingDiverged,
    UsageError,
)


@pytest.mark.parametrize(
    ("error", "exit_code", "line"),
    [
        (UsageError("a", "b"), 2, "dlcourse: error: a: b"),
        (DataError("a", "b"), 3, "dlcourse: error: a: b"),
        (CheckpointError("a", "b"), 4, "dlcourse: error: a: b"),
        (EnvironmentProblem("a", "b"), 5, "dlcourse: error: a: b"),
        (TrainingDiverged("a", "b"), 6, "dlcourse: error: a: b"),
        (
            OSError(errno.ENOSPC, "No space left on device", "notes"),
            5,
            "dlcourse: error: notes: No space left on device: free some space, or use another disk",
        ),
        (
            OSError(errno.EACCES, "Permission denied", "notes"),
            5,
            "dlcourse: error: notes: Permission denied: use another path or change its permissions",
        ),
        (
            MemoryError(),
            5,
            "dlcourse: error: out of memory: try --stream or a smaller --batch-size",
        ),
        (KeyboardInterrupt(), 130, "dlcourse: interrupted"),
        (KeyboardInterrupt("epoch 2 is saved"), 130, "dlcourse: interrupted: epoch 2 is saved"),
    ],
)
def test_each_error_has_its_line_and_exit_code(capsys, error, exit_code, line):
    assert end_with(error) == exit_code
    assert capsys.readouterr().err == line + "\n"


def test_a_failed_allocation_of_pytorch_is_a_lack_of_memory(capsys):
    import torch

    with pytest.raises(RuntimeError) as caught:
        torch.empty(2**62, dtype=torch.uint8)  # four exbibytes
    assert end_with(caught.value) == 5
    assert "--batch-size" in capsys.readouterr().err


def test_a_bug_of_ours_is_one_line_and_a_saved_traceback(capsys):
    with pytest.raises(KeyError) as caught:
        {}["key"]
    assert end_with(caught.value) == 70
    line = capsys.readouterr().err
    assert line.startswith("dlcourse: error: a bug in dlcourse (KeyError): ")
    assert line.count("\n") == 1
    report = Path(line.split()[-1])
    text = report.read_text()
    report.unlink()
    assert "Traceback" in text
    assert '{}["key"]' in text


def test_control_characters_and_line_breaks_stay_out_of_the_terminal(capsys):
    end_with(DataError("no file \x1b[31mred\nlast", "look"))
    assert capsys.readouterr().err == "dlcourse: error: no file \\x1b[31mred last: look\n"


def test_a_wrong_argument_is_said_as_the_option():
    line = "--batch-size must be at least 1, got 0: see dlcourse train --help"
    with pytest.raises(UsageError, match=f"^{line}$"), wrong_arguments_as_usage_errors():
        raise ValueError("batch_size must be at least 1, got 0")


@pytest.mark.parametrize("name", ["run_dir", "resume", "freeze", "epochs"])
def test_an_argument_has_the_name_of_its_option_and_its_own_remedy(name):
    line = f"--{name.replace('_', '-')} is wrong: do this"
    with pytest.raises(UsageError, match=f"^{line}$"), wrong_arguments_as_usage_errors():
        raise ValueError(f"{name} is wrong: do this")


def test_another_value_error_is_a_bug_and_passes_through():
    with pytest.raises(ValueError, match=r"^list is empty$"), wrong_arguments_as_usage_errors():
        raise ValueError("list is empty")


def test_a_result_is_one_line_of_json_or_a_text(capsys):
    show({"accuracy": 0.5, "names": ["ä"]}, as_json=True, text="half")
    show({"accuracy": 0.5}, as_json=False, text="half")
    assert capsys.readouterr().out == '{"accuracy": 0.5, "names": ["\\u00e4"]}\nhalf\n'


@pytest.mark.skipif(os.name == "nt", reason="Windows reports a closed pipe as another error")
def test_a_closed_output_is_quiet(capfd):
    assert end_with(BrokenPipeError()) == 141
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("words", [["info"], ["no-such-command"]])
def test_work_after_a_command_is_not_told_to_its_display(capsys, words):
    """The stream of the display may be closed by then."""
    main(words)
    assert watcher.get() is None
