import json
from pathlib import Path

import pytest

from dlcourse.commands.evaluate import evaluate_run
from dlcourse.data.digits import load_digits
from dlcourse.errors import EnvironmentProblem
from dlcourse.tasks.image_family import resize_images

from .conftest import one_line, read_files


def test_evaluate_gives_the_figures_of_train(trained, call):
    folder, done = trained
    exit_code, out, _ = call("evaluate", folder, "--json")
    assert exit_code == 0
    result = json.loads(out)
    before = json.loads(done.stdout)
    for name in ("metric", "metric_value", "test_accuracy", "test_loss", "epochs", "run_dir"):
        assert result[name] == before[name]


def test_evaluate_says_what_it_measured_on_what(trained, call):
    folder, done = trained
    result = json.loads(done.stdout)
    figures = f"test accuracy {result['test_accuracy']:.4f}, test loss {result['test_loss']:.4f}"
    assert call("evaluate", folder) == (0, f"{figures} on the test split of digits\n", "")


def test_evaluate_run_returns_what_the_command_prints(trained, call):
    folder, _ = trained
    assert evaluate_run(folder) == json.loads(call("evaluate", folder, "--json")[1])


def load_larger_digits(data_dir=None):
    """Return the digits in the size of MNIST's."""
    return resize_images(load_digits(), 28)


def test_a_run_is_not_evaluated_on_data_of_another_shape(trained, call, monkeypatch):
    folder, _ = trained
    monkeypatch.setattr("dlcourse.data.mnist.load_mnist", load_larger_digits)
    exit_code, _, err = call("evaluate", folder, "mnist")
    assert exit_code == 2
    assert "has images [1, 28, 28] of" in one_line(err)
    assert "the run was trained on images [1, 8, 8] of 0, 1, 2" in err
    assert "evaluate it on data of the same kind" in err


def test_smaller_images_are_enlarged_for_the_network(call, monkeypatch):
    monkeypatch.setattr("dlcourse.data.mnist.load_mnist", load_larger_digits)
    assert call("train", "mlp", "mnist", "--epochs", 1, "--run-dir", "run")[0] == 0
    larger = json.loads(call("evaluate", "run", "--json")[1])
    exit_code, out, _ = call("evaluate", "run", "digits", "--json")
    assert exit_code == 0
    assert json.loads(out)["test_loss"] == larger["test_loss"]


def test_an_unknown_data_set_is_named_with_the_nearest(trained, call):
    exit_code, out, err = call("evaluate", trained[0], "digts")
    assert (exit_code, out) == (2, "")
    assert "did you mean digits?" in one_line(err)


@pytest.mark.parametrize(
    ("path", "change"),
    [
        ("config.json", lambda content: b"{}"),
        ("config.json", lambda content: b"[]"),
        ("config.json", lambda content: content.replace(b'"version": 2', b'"version": 3')),
        ("config.json", lambda content: content.replace(b'"mlp"', b'"mip"')),
        ("config.json", lambda content: content.replace(b'"mlp"', b"7")),
        ("config.json", lambda content: content.replace(b'"digits"', b'"digit"')),
        ("config.json", lambda content: content.replace(b"    8,\n", b"    9,\n", 1)),
        ("config.json", lambda content: content.replace(b'"class_names"', b'"class_nams"')),
        (
            "config.json",
            lambda content: content.replace(b'"class_names": [', b'"class_names": [7,'),
        ),
        (
            "config.json",
            lambda content: content.replace(b'"drawing_side": 8', b'"drawing_side": "8"'),
        ),
        ("config.json", lambda content: content.replace(b'"framing": {', b'"framing": {"x": 1,')),
        (
            "config.json",
            lambda content: content.replace(b'"hidden_features": 128', b'"hidden_features": 127'),
        ),
        (
            "config.json",
            lambda content: content.replace(b'"hidden_features": 128', b'"hidden_features": -1'),
        ),
        ("config.json", lambda content: content.replace(b'"options": {', b'"options": {"x": 1,')),
        ("model.safetensors", lambda content: content[:-1]),
        (
            "model.safetensors",
            lambda content: content[:-9] + bytes([content[-9] ^ 1]) + content[-8:],
        ),
    ],
)
def test_a_damaged_run_is_named(trained, call, work, path, change):
    for file, content in read_files(trained[0]).items():
        copy = work / "run" / file.relative_to(trained[0])
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(content)
    damaged = work / "run" / path
    content = damaged.read_bytes()
    assert change(content) != content
    damaged.write_bytes(change(content))
    exit_code, _, err = call("evaluate", "run")
    assert exit_code == 4
    assert "run" in one_line(err)


def test_a_folder_without_a_run_and_one_without_a_checkpoint_are_told_apart(call, trained, work):
    assert "there is no run folder missing" in one_line(call("evaluate", "missing")[2])
    (work / "run").mkdir()
    assert "no checkpoint yet" in one_line(call("evaluate", "run")[2])
    (work / "run" / "config.json").write_bytes((trained[0] / "config.json").read_bytes())
    exit_code, _, err = call("predict", "run", "x.png")
    assert exit_code == 4
    assert "run contains no checkpoint yet" in one_line(err)


def test_figures_are_drawn_when_asked_for(call, work):
    run = Path("run")
    drawn = [run / "confusion_matrix.png", run / "worst_mistakes.png"]
    assert call("train", "mlp", "--epochs", 1, "--run-dir", run)[0] == 0
    assert not any(path.exists() for path in drawn)
    assert call("evaluate", run, "--figures")[1].endswith("; figures are in run\n")
    for path in drawn:
        path.unlink()  # what is there below is new
    result = json.loads(call("evaluate", run, "--pictures", "--json")[1])
    assert result["figures"] == [str(path) for path in drawn]
    assert all(path.exists() for path in drawn)


@pytest.mark.parametrize("command", ["train", "evaluate"])
def test_figures_that_cannot_be_written_leave_the_numbers(call, work, monkeypatch, command):
    def fail(figure, path):
        raise EnvironmentProblem(f"{path} cannot be written (No space left)", "free some space")

    assert call("train", "mlp", "--epochs", 1, "--run-dir", "run")[0] == 0
    monkeypatch.setattr("dlcourse.tasks.classify_figures.save_figure", fail)
    words = ("evaluate", "run", "--figures")
    if command == "train":
        words = ("train", "mlp", "--epochs", 1, "--run-dir", "run", "--figures", "--overwrite")
    exit_code, out, err = call(*words)
    assert exit_code == 5
    assert "test accuracy " in out
    assert "figures are in" not in out
    assert "confusion_matrix.png cannot be written (No space left): free some space" in err
    assert json.loads(call(*words, "--json")[1])["figures"] == []


def test_figures_of_a_text_are_refused_before_anything_is_measured(trained_gru, call):
    folder, _ = trained_gru
    exit_code, out, err = call("evaluate", folder, "--figures")
    assert (exit_code, out) == (2, "")
    assert "--figures does not work for gru: use dlcourse sample" in one_line(err)


def test_a_device_that_is_not_there_is_named(trained, call):
    exit_code, _, err = call("evaluate", trained[0], "--device", "cuda:77")
    assert exit_code == 5
    assert "there is no device cuda:77 here" in one_line(err)


# Texts


def test_a_text_is_evaluated_to_the_figures_of_train(trained_gru, call):
    folder, before = trained_gru
    exit_code, out, _ = call("evaluate", folder, "--json")
    assert exit_code == 0
    result = json.loads(out)
    for name, value in result.items():
        assert value == before[name]
    assert result["metric"] == "test_bits_per_character"


def test_a_text_with_fewer_characters_is_evaluated_with_the_ids_of_the_network(
    trained_gru, call, work
):
    folder, before = trained_gru
    (work / "part.txt").write_text("the quick brown fox jumps over the fox\n" * 90)
    exit_code, out, _ = call("evaluate", folder, "part.txt", "--json")
    assert exit_code == 0
    # It knows the words, in a slightly different order. With wrong ids it would be above log2(28),
    # which is 4.8.
    assert before["test_bits_per_character"] < json.loads(out)["test_bits_per_character"] < 2


def test_a_text_with_characters_that_are_new_is_refused(trained_gru, call, work):
    (work / "other.txt").write_text("0123456789" * 100)
    exit_code, _, err = call("evaluate", trained_gru[0], "other.txt")
    assert exit_code == 2
    assert "the text has characters that the network has not seen: ['0', '1'," in one_line(err)
