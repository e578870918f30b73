import os
import subprocess
import sys
from pathlib import Path

import pytest

from dlcourse import __version__

from .conftest import one_line

COMMANDS = ["info", "train", "evaluate", "predict", "sample", "export"]
NEED_A_RUN = ("sample", "export")  # their examples begin with one


# help


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example_and_json(call, command):
    exit_code, out, _ = call(command, "--help")
    assert exit_code == 0
    assert f"Example:\n    dlcourse {'train' if command in NEED_A_RUN else command}" in out
    assert f"    dlcourse {command} " in out
    assert "--json" in out


def test_without_a_command_there_is_help(call):
    exit_code, out, _ = call("--help")
    assert call()[:2] == (exit_code, out)
    assert "dlcourse train mlp" in out
    commands = [line.split()[0] for line in out.partition("Commands:")[2].splitlines()[1:]]
    assert commands == [*COMMANDS, "exercises"]


@pytest.mark.parametrize("words", ["--version", "-V", "version"])
def test_version(call, words):
    assert call(words) == (0, f"dlcourse {__version__}\n", "")


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_is_asked_for_in_every_way(call, command):
    words = command.split()
    expected = call(*words, "--help")
    assert expected[0] == 0
    assert call(*words, "-h") == expected
    assert call("help", *words) == expected


def test_help_needs_no_pytorch():
    code = "import sys; from dlcourse.commands.app import main; main(['train', '--help'])"
    code += "; print('torch' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "False"


# What goes wrong


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("tran mlp", "No such command 'tran'. Did you mean 'train'?"),
        ("--verbos", "No such option: --verbos"),
        ("info lennet", "did you mean lenet?"),
        ("info lenet minst", "did you mean mnist?"),
        ("train", "Missing argument 'MODEL'"),
        ("train lennet", "did you mean lenet?"),
        ("train mlp minst", "did you mean mnist?"),
        ("train mlp minst --show-config", "did you mean mnist?"),
        ("train gru curse", "did you mean course?"),
        ("train mlp digits more", "more"),
        ("train mlp --epoch 3", "--epochs"),
        ("train mlp --epochs", "--epochs"),
        ("train mlp --epochs 0", "--epochs must be at least 1, got 0"),
        ("train mlp --epochs -1", "--epochs must be at least 1, got -1"),
        ("train mlp --epochs 2.5", "--epochs"),
        ("train mlp --epochs many", "--epochs"),
        ("train mlp --batch-size 0", "--batch-size must be at least 1, got 0"),
        (f"train mlp --batch-size {10**30}", "--batch-size must be at most"),
        ("train mlp --learning-rate 0", "--learning-rate must be above 0, got 0"),
        ("train mlp --learning-rate nan", "--learning-rate must be a finite number, got nan"),
        ("train mlp --learning-rate 1e999", "--learning-rate must be a finite number, got inf"),
        ("train mlp --seed -1", "--seed must be at least 0, got -1"),
        (f"train mlp --seed {2**63}", "--seed must be at most 9223372036854775807"),
        (f"train mlp --seed {2**64}", "--seed must be at most 9223372036854775807"),
        (
            "train mlp --device gpu",
            "--device must be auto, cpu, cuda, cuda:1 (a number) or mps, got 'gpu'",
        ),
        ("train mlp --run-dir file", "--run-dir must be a folder, got file, where a file is"),
        ("train mlp --run-dir file/below", "--run-dir must be a folder"),
        (f"train mlp --run-dir {'x' * 300}", "--run-dir cannot be"),
        ("train mlp --run-dir zero\0byte", "--run-dir"),
        ("train mlp --run-dir .", "--run-dir must be new, empty or a run's folder"),
        ("train mlp --set nonsense=1", "mlp has no option 'nonsense': it has hidden_features=128"),
        ("train lenet --set nonsense=1", "lenet has no option 'nonsense': leave --set out"),
        ("train mlp --set num_classes=3", "mlp has no option 'num_classes'"),
        ("train mlp --set hidden_features=-3", "hidden_features must be a whole number of at"),
        ("train mlp --set hidden_features=2.5", "got '2.5': write for example --set hidden_feat"),
        ("train gru --set context", "--set must be NAME=VALUE, got 'context'"),
        ("train gru --set context=0", "context must be a whole number of at least 1, got '0'"),
        ("train gpt --set num_heads=3", "num_heads must divide embedding_features, got 3 and 64"),
        ("train gru --augment shift", "--augment must be empty for a text, got 'shift'"),
        ("train gru --figures", "--figures does not work for gru: use dlcourse sample"),
        ("predict runs", "Missing argument 'IMAGE...'"),
        ("sample", "Missing argument 'RUN_DIR'"),
        ("export", "Missing argument 'RUN_DIR'"),
        ("sample runs --count 0", "--count"),
    ],
)
def test_a_wrong_command_line_is_named_and_changes_nothing(call, work, words, said):
    (work / "file").touch()
    exit_code, out, err = call(*words.split(" "))
    assert (exit_code, out) == (2, "")
    assert said in one_line(err)
    assert os.listdir(work) == ["file"]


def test_a_bug_of_ours_shows_its_traceback_only_when_asked(call, monkeypatch):
    def break_down():
        raise KeyError("a bug")

    monkeypatch.setattr("dlcourse.data.digits.load_digits", break_down)
    exit_code, _, err = call("train", "mlp")
    assert exit_code == 70
    report = Path(one_line(err).split()[-1])
    assert "break_down" in report.read_text()
    report.unlink()
    monkeypatch.setenv("DLCOURSE_DEBUG", "1")
    for words in (["train", "mlp"], ["--debug", "train", "mlp"], ["train", "mlp", "--debug"]):
        exit_code, _, err = call(*words)
        assert exit_code == 70
        assert "Traceback" in err
        assert "break_down" in err
        Path(err.split()[-1]).unlink()
        monkeypatch.delenv("DLCOURSE_DEBUG", raising=False)


@pytest.mark.skipif(os.name == "nt", reason="the shell of Windows closes no stream")
def test_a_closed_output_is_no_error(tmp_path):
    line = f'"{sys.executable}" -m dlcourse info --json >&-'
    done = subprocess.run(["sh", "-c", line], stderr=subprocess.PIPE, text=True, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
