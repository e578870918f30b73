"""A transformer on the command line: trained, resumed, evaluated with a figure, and it writes."""

import json
import signal
from functools import partial
from pathlib import Path

import pytest

from .conftest import SENTENCE, at_step, one_line, read_weights

OPTIONS = {"context": 16, "embedding_features": 8, "num_layers": 2, "num_heads": 2}
SMALL = [part for name, value in OPTIONS.items() for part in ("--set", f"{name}={value}")]


def words_for(text, *more):
    return ("train", "gpt", text, "--epochs", 2, "--batch-size", 8, *SMALL, *more)


def test_a_text_is_learned_and_its_attention_drawn(call, small_text):
    exit_code, out, err = call(*words_for(small_text, "--json"))
    assert exit_code == 0, err
    result = json.loads(out)
    assert result["metric"] == "test_bits_per_character"
    assert result["test_bits_per_character"] < 4.8  # log2(28): any of the characters
    folder = Path("runs/gpt-fox.txt")
    content = json.loads((folder / "config.json").read_text())
    assert content["options"] == OPTIONS
    assert content["about"] == {"vocabulary": "".join(sorted(set(SENTENCE)))}
    exit_code, out, _ = call("evaluate", folder, "--figures", "--json")
    measured = json.loads(out)
    assert measured["test_loss"] == result["test_loss"]
    assert measured["figures"] == [str(folder / "attention.png")]
    assert (folder / "attention.png").stat().st_size > 1000


def test_a_sample_may_be_longer_than_the_context(call, small_text):
    assert call(*words_for(small_text, "--run-dir", "run"))[0] == 0
    exit_code, out, _ = call("sample", "run", "--set", "prompt=the quick brown fox jumps over")
    assert exit_code == 0
    assert out.startswith("the quick brown fox jumps over")
    assert len(out) > 300


def test_a_resumed_run_is_that_which_nothing_interrupted(call, small_text):
    words = words_for(small_text, "--run-dir")
    assert call(*words, "whole")[0] == 0
    for step in (7, 30):  # 25 steps are an epoch
        with at_step(step, partial(signal.raise_signal, signal.SIGTERM)):
            assert call(*words, "run", "--resume")[0] == 143
    assert call(*words, "run", "--resume")[0] == 0
    assert read_weights("run") == read_weights("whole")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--set", "num_heads=3"], "got 3 and 8: write for example --set num_heads=1"),
        (["--set", "context=5000"], "characters, and a window of 5000 takes 5001: use a text"),
        (["--set", "hidden_features=8"], "gpt has no option 'hidden_features': it has context=64"),
    ],
)
def test_what_does_not_fit_is_named(call, small_text, words, said):
    exit_code, _, err = call(*words_for(small_text, *words))
    assert exit_code in (2, 3)
    assert said in one_line(err)
