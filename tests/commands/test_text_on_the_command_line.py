"""Texts on the command line: a network is trained, evaluated, resumed, and writes."""

import json
import signal
import unicodedata
from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest

from dlcourse.commands.models import MODELS

from .conftest import SENTENCE, at_step, one_line, read_weights

RECURRENT_MODELS = ["rnn", "gru", "lstm"]
SMALL = ("--set", "context=16", "--set", "hidden_features=16", "--set", "embedding_features=4")
KEYS = [
    *("model", "data", "device", "epochs", "metric", "metric_value"),
    *("test_bits_per_character", "test_loss", "test_accuracy"),
    *("train_seconds", "windows_per_second", "run_dir"),
]


def test_these_are_the_models_of_texts():
    families = {name: family for name, family in MODELS.items() if "language" in family}
    assert list(families) == [*RECURRENT_MODELS, "gpt"]


@pytest.mark.parametrize("model", RECURRENT_MODELS)
def test_the_course_text_is_learned_with_no_more_than_a_models_name(call, model):
    words = ("train", model, "--epochs", 1, "--batch-size", 256, *SMALL, "--set", "context=128")
    exit_code, out, err = call(*words, "--json")
    assert exit_code == 0, err
    result = json.loads(out)
    assert list(result) == KEYS
    assert (result["model"], result["data"]) == (model, "course")
    assert result["metric"] == "test_bits_per_character"
    assert "course.txt: 80% to train" in err
    assert "in windows of 128" in err
    assert "bits per character" in err
    assert "windows/s" in err
    measured = json.loads(call("evaluate", Path("runs", model), "--json")[1])
    for name in ("metric_value", "test_bits_per_character", "test_loss", "test_accuracy"):
        assert measured[name] == result[name]


@pytest.mark.parametrize("model", RECURRENT_MODELS)
def test_a_text_file_is_learned_evaluated_and_continued(call, small_text, model):
    words = ("train", model, small_text, "--epochs", 2, "--batch-size", 8, *SMALL, "--json")
    exit_code, out, err = call(*words)
    assert exit_code == 0, err
    folder = Path("runs", f"{model}-fox.txt")
    result = json.loads(out)
    assert result["run_dir"] == str(folder)
    assert result["test_bits_per_character"] < 4.8  # log2(28): any of the characters
    content = json.loads((folder / "config.json").read_text())
    assert content["data"] == str(small_text)
    assert content["about"] == {"vocabulary": "".join(sorted(set(SENTENCE)))}
    assert content["options"] == {
        "embedding_features": 4,
        "hidden_features": 16,
        "num_layers": 1,
        "context": 16,
    }
    measured = json.loads(call("evaluate", folder, "--json")[1])
    assert measured["test_loss"] == result["test_loss"]
    exit_code, out, _ = call("sample", folder, "--set", "prompt=the", "--set", "length=10")
    assert exit_code == 0
    assert out.startswith("the")
    header = (folder / "metrics.csv").read_text().splitlines()[0]
    assert header.endswith("validation_loss,validation_bits_per_character,validation_accuracy")


def test_the_speed_is_the_number_of_windows_by_the_seconds(trained_gru):
    _, result = trained_gru
    num_windows = 4 * 197  # in 3,168 characters: windows of 16, and the character after each
    assert result["windows_per_second"] == pytest.approx(num_windows / result["train_seconds"])


@pytest.mark.parametrize("model", RECURRENT_MODELS)
def test_a_resumed_run_is_that_which_nothing_interrupted(call, small_text, model):
    words = ("train", model, small_text, "--epochs", 2, "--batch-size", 8, *SMALL, "--run-dir")
    whole = json.loads(call(*words, "whole", "--json")[1])
    for step in (7, 30):  # 25 steps are an epoch
        with at_step(step, partial(signal.raise_signal, signal.SIGTERM)):
            assert call(*words, "run", "--resume")[0] == 143
    result = json.loads(
        call("train", model, small_text, "--run-dir", "run", "--resume", "--json")[1]
    )
    assert result["test_loss"] == whole["test_loss"]
    assert read_weights("run") == read_weights("whole")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["--set", "context=32"], 4, "has context 16, not 32: choose another --run-dir"),
        (["--set", "hidden_features=64"], 4, "has hidden features 24, not 64"),
        (["--seed", "1"], 2, "--seed must be 0, as when the run was started, got 1"),
    ],
)
def test_what_a_resumed_run_cannot_be_is_named(trained_gru, small_text, call, words, code, said):
    folder, _ = trained_gru
    exit_code, _, err = call("train", "gru", small_text, "--resume", "--run-dir", folder, *words)
    assert exit_code == code
    assert said in one_line(err)


def test_a_text_that_was_changed_is_no_longer_that_of_the_run(call, work):
    Path("text.txt").write_text(SENTENCE * 30)
    words = ("train", "gru", "text.txt", "--epochs", 1, "--batch-size", 8, *SMALL)
    assert call(*words)[0] == 0
    Path("text.txt").write_text(SENTENCE.upper() * 30)
    exit_code, _, err = call(*words, "--resume")
    assert exit_code == 4
    assert "has vocabulary" in one_line(err)


@pytest.mark.parametrize("model", RECURRENT_MODELS)
def test_a_trained_network_is_a_start_for_another_one(call, small_text, model):
    words = ("train", model, small_text, "--epochs", 1, "--batch-size", 8, *SMALL, "--run-dir")
    assert call(*words, "first")[0] == 0
    exit_code, out, _ = call(*words, "second", "--from", "first", "--freeze")
    assert exit_code == 0
    assert "starts from first: embedding, recurrent, output\n" in out
    assert "frozen: embedding, recurrent\n" in out


def test_a_text_that_is_too_short_or_not_there_is_named(call, work):
    Path("short.txt").write_text("short")
    exit_code, _, err = call("train", "gru", "short.txt")
    assert exit_code == 3
    said = "the train part of short.txt has 4 characters, and a window of 64 takes 65"
    assert said in one_line(err)
    exit_code, _, err = call("train", "gru", "missing.txt")
    assert exit_code == 3
    assert "there is no file missing.txt" in one_line(err)
    assert [path.name for path in work.iterdir()] == ["short.txt"]


def test_the_remedy_for_a_short_text_is_one_that_works(call, work):
    words = ("train", "rnn", "text.txt", "--epochs", 1)
    for length, code in ((640, 3), (650, 0)):
        Path("text.txt").write_text((SENTENCE * 30)[:length])
        exit_code, _, err = call(*words)
        assert exit_code == code, err
        if code:
            assert "use a text of at least 650 characters or a smaller context" in one_line(err)


@pytest.mark.parametrize(
    "sentence",
    [
        "我们一起读一本书。网络从例子中学习,人也一样。\n",
        "नमस्ते दुनिया। हम किताबें पढ़ते हैं और सीखते हैं।\n",
        "היום אנחנו קוראים ספר. גַּם רֶשֶׁת לוֹמֶדֶת.\n",
    ],
)
def test_a_text_in_any_script_gives_whole_characters(call, work, sentence):
    Path("text.txt").write_text(sentence * 60, "utf-8")
    words = ("train", "lstm", "text.txt", "--epochs", 4, "--batch-size", 8, "--set", "context=16")
    assert call(*words, "--learning-rate", 0.02)[0] == 0
    prompt = sentence[:6]
    folder = "runs/lstm-text.txt"
    out = call("sample", folder, "--prompt", prompt, "--temperature", 0.5)[1].rstrip("\n")
    assert out.startswith(prompt)
    assert set(out) <= set(sentence)  # so there is no half of a character
    for before, character in pairwise(out):
        if unicodedata.category(character) in ("Mn", "Mc"):  # a vowel sign or another mark
            assert before + character in sentence


def test_a_run_on_other_characters_is_no_start(tmp_path, call):
    """As many characters, but others: each row of the embedding stands for another one."""
    for name, characters in (("one", "abc "), ("two", "xyz ")):
        (tmp_path / f"{name}.txt").write_text(characters * 300, "utf-8")
    tiny = ("--epochs", 1, "--set", "context=8", "--set", "hidden_features=4")
    assert call("train", "gru", "one.txt", *tiny, "--run-dir", "one")[0] == 0
    exit_code, _, err = call("train", "gru", "two.txt", *tiny, "--from", "one", "--run-dir", "two")
    assert exit_code == 4
    assert "one was trained with another vocabulary" in one_line(err)
    assert call("train", "gru", "one.txt", *tiny, "--from", "one", "--run-dir", "three")[0] == 0
