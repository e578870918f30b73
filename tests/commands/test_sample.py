import json

import pytest
import torch

from dlcourse.commands.sample import sample_run
from dlcourse.tasks.classify import Classify

from .conftest import SENTENCE, one_line, read_files


def test_a_sample_is_a_text_of_300_characters(trained_gru, call):
    folder, _ = trained_gru
    exit_code, out, _ = call("sample", folder, "--json")
    assert exit_code == 0
    result = json.loads(out)
    assert list(result) == ["model", "run_dir", "seed", "samples"]
    assert (result["model"], result["run_dir"], result["seed"]) == ("gru", str(folder), 0)
    (text,) = result["samples"]
    assert len(text) == 300
    assert set(text) <= set(SENTENCE)
    assert call("sample", folder) == (0, f"{text}\n", "")


def test_the_same_seed_gives_the_same_texts_and_another_seed_others(trained_gru, call):
    folder, _ = trained_gru
    words = ("sample", folder, "--count", 3, "--json", "--set", "temperature=2")
    texts = {}
    for seed in (0, 1):
        texts[seed] = json.loads(call(*words, "--seed", seed)[1])["samples"]
        assert json.loads(call(*words, "--seed", seed)[1])["samples"] == texts[seed]
    assert len({*texts[0], *texts[1]}) == 6
    assert json.loads(call(*words)[1])["samples"] == texts[0]


def test_several_samples_are_separated_by_an_empty_line(trained_gru, call):
    folder, _ = trained_gru
    texts = json.loads(call("sample", folder, "--count", 2, "--json")[1])["samples"]
    assert call("sample", folder, "--count", 2)[1] == f"{texts[0]}\n\n{texts[1]}\n"


def test_length_temperature_and_prompt_are_options(trained_gru, call):
    folder, _ = trained_gru
    words = ("sample", folder, "--json", "--set", "temperature=0", "--set", "length=40")
    for seed in (0, 1):  # nothing is drawn at random
        result = json.loads(call(*words, "--set", "prompt=the quick", "--seed", seed)[1])
        # It has learned the sentence by heart, so that the likeliest characters are those of it.
        assert result["samples"] == [(SENTENCE * 2)[: len("the quick") + 40]]


def test_prompt_and_temperature_are_options_with_a_name_as_well(trained_gru, call):
    words = ("sample", trained_gru[0], "--json")
    for name, value in (("prompt", "the quick"), ("temperature", "2")):
        by_name = call(*words, f"--{name}", value)
        assert by_name[0] == 0
        assert by_name == call(*words, "--set", f"{name}={value}")
        assert by_name != call(*words)
    exit_code, _, err = call(*words, "--temperature", "hot")
    assert exit_code == 2
    assert "temperature must be a number of at least 0, got 'hot'" in one_line(err)


def test_a_sample_writes_nothing_into_the_run(trained_gru, call):
    folder, _ = trained_gru
    before = read_files(folder)
    assert call("sample", folder)[0] == 0
    assert read_files(folder) == before


def test_sample_run_returns_what_the_command_prints(trained_gru, call):
    folder, _ = trained_gru
    words = ("sample", folder, "--json", "--seed", 5, "--set", "length=20")
    assert sample_run(folder, seed=5, options={"length": 20}) == json.loads(call(*words)[1])


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["prompt=THE 7"], "prompt has characters that the network has not seen: '7EHT'"),
        (
            ["nonsense=1"],
            "gru has no option 'nonsense': it has length=300, temperature=0.8, prompt=",
        ),
        (["length=0"], "length must be a whole number of at least 1, got '0'"),
        (["length=9.5"], "length must be a whole number of at least 1, got '9.5'"),
        (["temperature=-1"], "temperature must be a number of at least 0, got '-1'"),
        (["temperature=nan"], "temperature must be a number of at least 0, got 'nan'"),
        (["temperature"], "--set must be NAME=VALUE, got 'temperature'"),
    ],
)
def test_a_wrong_option_is_named(trained_gru, call, words, said):
    exit_code, out, err = call("sample", trained_gru[0], "--set", *words)
    assert (exit_code, out) == (2, "")
    assert said in one_line(err)


def test_sample_on_a_run_of_a_classifier_says_what_to_do(trained, call):
    exit_code, out, err = call("sample", trained[0])
    assert (exit_code, out) == (2, "")
    assert "dlcourse sample does not work for mlp: use --figures or dlcourse predict" in one_line(
        err
    )


def test_a_folder_without_a_run_is_named(call):
    exit_code, _, err = call("sample", "missing")
    assert exit_code == 4
    assert "there is no run folder missing" in one_line(err)


def generate(network, about, generator, count, *, brightness: float = 1.0):
    """Return random images in the place of a family that generates them."""
    return brightness * torch.rand(count, *about["image_shape"], generator=generator)


@pytest.fixture
def images_from_mlp(trained, monkeypatch):
    """Return a run of an mlp whose family generates images."""
    family = staticmethod(generate)
    monkeypatch.setattr(Classify, "sample_images", family, raising=False)
    path = trained[0] / "samples.png"
    yield trained[0]
    path.unlink(missing_ok=True)


def test_images_are_written_as_a_grid_whose_path_is_told(images_from_mlp, call):
    folder = images_from_mlp
    path = folder / "samples.png"
    exit_code, out, _ = call("sample", folder)
    assert (exit_code, out) == (0, f"64 generated images are in {path}\n")
    content = path.read_bytes()
    assert content.startswith(b"\x89PNG")
    assert not list(folder.glob("*.tmp"))
    result = json.loads(call("sample", folder, "--json", "--seed", 1, "--count", 3)[1])
    expected = {"model": "mlp", "run_dir": str(folder), "seed": 1, "count": 3}
    assert result == {**expected, "figures": [str(path)]}
    assert path.read_bytes() != content
    assert sample_run(folder)["count"] == 64
    assert path.read_bytes() == content


def test_options_of_generated_images_are_checked(images_from_mlp, call):
    exit_code, _, err = call("sample", images_from_mlp, "--set", "length=5")
    assert exit_code == 2
    assert "mlp has no option 'length': it has brightness=1.0" in one_line(err)
    assert call("sample", images_from_mlp, "--set", "brightness=0.5")[0] == 0
