"""Maps on the command line: a policy is trained, evaluated, resumed, and plays an episode."""

import json
import signal
from functools import partial
from pathlib import Path

import pytest

from .conftest import at_step, one_line, read_weights

KEYS = [
    *("model", "data", "device", "epochs", "metric", "metric_value"),
    *("test_share_of_optimum", "test_mean_return", "test_arrived"),
    *("train_seconds", "episodes_per_second", "run_dir"),
]


def test_the_corridor_is_learned_with_no_more_than_a_models_name(call):
    exit_code, out, err = call("train", "reinforce", "--epochs", 4, "--json")
    assert exit_code == 0, err
    result = json.loads(out)
    assert list(result) == KEYS
    assert (result["data"], result["metric"]) == ("corridor", "test_share_of_optimum")
    assert result["test_share_of_optimum"] > 0.9
    assert "the best mean return is 5.905, random actions get 1.093" in err
    exit_code, out, _ = call("evaluate", "runs/reinforce", "--figures", "--json")
    assert exit_code == 0
    measured = json.loads(out)
    assert measured["figures"] == ["runs/reinforce/policy.png"]
    assert Path("runs/reinforce/policy.png").is_file()
    for name in ("metric_value", "test_mean_return", "test_arrived"):
        assert measured[name] == result[name]
    exit_code, out, _ = call("sample", "runs/reinforce", "--seed", 1)
    assert exit_code == 0
    assert out.startswith("S.c...G\n")
    assert "at the goal; discounted return" in out


def test_a_map_of_ones_own_is_learned_and_a_resumed_run_is_one_that_nothing_interrupted(call):
    Path("map.txt").write_text("S.#\n..G\n")
    words = ("train", "reinforce", "map.txt", "--epochs", 2, "--run-dir")
    whole = json.loads(call(*words, "whole", "--json")[1])
    for step in (7, 30):  # 20 steps are an epoch
        with at_step(step, partial(signal.raise_signal, signal.SIGTERM)):
            assert call(*words, "run", "--resume")[0] == 143
    result = json.loads(call(*words, "run", "--resume", "--json")[1])
    assert result["test_mean_return"] == whole["test_mean_return"]
    assert read_weights("run") == read_weights("whole")
    Path("map.txt").write_text("S..\n..G\n")
    exit_code, _, err = call(*words, "run", "--resume")
    assert exit_code == 4
    assert "has rows ['S.#', '..G'], not ['S..', '..G']" in one_line(err)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["corridr"], 2, "did you mean corridor? There are corridor, grid"),
        (
            ["missing.txt"],
            2,
            "there is no environment or file with a map 'missing.txt': choose one of",
        ),
        (["empty.txt"], 3, "empty.txt is not a map with one start S and a goal G: use the signs"),
        (["binary.txt"], 3, "binary.txt is not a map"),
        (["--set", "discount=2"], 2, "discount must be from 0 to 1, got 2.0: write for example"),
        (["--set", "max_steps=5"], 3, "no reward can be reached from the start of corridor"),
        (["--augment", "flip"], 2, "--augment must be empty for a map, got 'flip'"),
    ],
)
def test_what_cannot_be_learned_is_named_in_a_line(call, work, words, code, said):
    Path("empty.txt").write_text("")
    Path("binary.txt").write_bytes(bytes(range(256)))
    exit_code, _, err = call("train", "reinforce", *words)
    assert exit_code == code
    assert said in one_line(err)


def test_a_map_in_place_of_a_model_gives_the_right_command(call):
    exit_code, _, err = call("train", "grid")
    assert exit_code == 2
    assert "name a model first, such as dlcourse train reinforce grid" in one_line(err)
