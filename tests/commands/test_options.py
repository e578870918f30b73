import dataclasses
import inspect
import json
import os

import pytest
import typer
from other_settings import OTHER_SETTINGS

from dlcourse.commands.app import app
from dlcourse.commands.models import MODELS, find_recipe
from dlcourse.commands.options import OTHER_NAMES, RunChoices, read_pairs, takes_settings
from dlcourse.data.catalog import IMAGE_SETS, SCENES, TEXTS
from dlcourse.errors import UsageError
from dlcourse.training.config import TrainConfig

from .conftest import draw_zero, one_line

FIELDS = [field.name for field in dataclasses.fields(TrainConfig)]


@pytest.mark.parametrize("name", FIELDS)
def test_every_setting_is_an_option(call, name):
    option = f"--{name.replace('_', '-')}"
    value = OTHER_SETTINGS[name]
    words = [option] if value is True else [option, value]
    out = call("train", "mlp", "--show-config", "--json", *words)[1]
    expected = dataclasses.replace(find_recipe("mlp", "digits"), **{name: value})
    assert TrainConfig(**json.loads(out)) == expected


def test_a_command_gets_the_choices_and_the_settings_that_were_given():
    seen = []

    @takes_settings
    def command(model: str, *, choices: RunChoices, settings: dict) -> None:
        """Note what was given."""
        seen.append((model, choices, settings))

    nothing = {**vars(RunChoices()), **dict.fromkeys(FIELDS)}
    command(model="mlp", **nothing)
    command(model="cnn", **{**nothing, "resume": True, "epochs": 3, "augment": "", "warmup": 0.0})
    assert seen == [
        ("mlp", RunChoices(), {}),
        ("cnn", RunChoices(resume=True), {"epochs": 3, "augment": "", "warmup": 0.0}),
    ]
    names = ["model", *vars(RunChoices()), *FIELDS]
    assert list(inspect.signature(command).parameters) == names


def test_the_help_of_a_setting_is_the_text_beside_the_field():
    (train,) = [one for one in app.registered_commands if one.callback.__name__ == "train"]
    parameter = inspect.signature(train.callback).parameters["schedule"]
    assert parameter.default is None
    (option,) = parameter.annotation.__metadata__
    assert option.help == TrainConfig.__annotations__["schedule"].__metadata__[0]


def test_the_help_names_all_models_and_data_sets():
    train = typer.main.get_command(app).commands["train"]
    texts = {parameter.name: parameter.help for parameter in train.params}
    for model in MODELS:
        assert model in texts["model"]
    for name in (*IMAGE_SETS, *TEXTS, *SCENES):
        assert name in texts["data"]


def test_options_of_other_tools_lead_to_options_that_exist():
    commands = typer.main.get_command(app).commands.values()
    known = {name for one in commands for parameter in one.params for name in parameter.opts}
    other = [name for names in OTHER_NAMES.values() for name in names.split()]
    assert len(other) == len(set(other))
    assert not set(other) & known
    for instead in OTHER_NAMES:
        option = instead.partition(" ")[0]
        assert option in known or not option.startswith("-")


COMMANDS = "info, train, evaluate, predict, sample, export or exercises"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("train mlp --lr 0.1", "there is no option --lr: use --learning-rate"),
        ("train mlp --lr=0.1", "there is no option --lr: use --learning-rate"),
        ("train mlp -lr 0.1", "there is no option -l: use --learning-rate"),
        ("train mlp --batch 8", "there is no option --batch: use --batch-size"),
        ("train mlp -b 8", "there is no option -b: use --batch-size"),
        ("train mlp --wd 0", "there is no option --wd: use --weight-decay"),
        ("train mlp --gpu", "there is no option --gpu: use --device cuda"),
        ("evaluate run --gpu", "there is no option --gpu: use --device cuda"),
        ("train mlp --workers 4", "--workers: leave it out; threads load the images"),
        ("train --model mlp", "--model: write MODEL alone, as in dlcourse train mlp"),
        ("train mlp --hidden 64", "--hidden: use --set hidden_features=64"),
        ("sample run --temp 1", "--temp: use --temperature 0.5"),
        ("sample run --length 9", "--length: use --set length=500"),
        ("evaluate run --batch 8", "No such option: --batch: see dlcourse evaluate --help"),
        ("--json info", f"start with {COMMANDS}, and write its"),
        ("mlp", f"No such command 'mlp': start with {COMMANDS}"),
        ("sample run --count few", "--count must be a valid integer, got 'few': see dlcourse sam"),
        ("train mlp --warmup x", "--warmup must be a valid number, got 'x': see dlcourse train"),
        ("evaluate run --device gpu", "called cuda, Apple's mps: see dlcourse evaluate --help"),
    ],
)
def test_the_remedy_is_the_option_that_is_meant(call, words, said):
    exit_code, out, err = call(*words.split())
    assert (exit_code, out) == (2, "")
    assert said in one_line(err)


def test_a_tilde_in_a_path_is_the_home_folder(call, work, monkeypatch):
    monkeypatch.setenv("HOME", str(work / "home"))
    monkeypatch.setenv("USERPROFILE", str(work / "home"))
    assert call("train", "mlp", "--run-dir=~/a b/", "--epochs", 1)[0] == 0
    draw_zero(work / "home" / "zero.png")
    assert call("evaluate", "~/a b")[0] == 0
    assert call("predict", "~/a b", "~/zero.png")[0] == 0
    assert call("train", "mlp", "--from", "~/a b", "--run-dir", "~/b", "--epochs", 1)[0] == 0
    assert os.listdir(work) == ["home"]
    assert {"a b", "b"} <= set(os.listdir("home"))


@pytest.mark.parametrize("option", ["--run-dir", "--data-dir", "--from"])
@pytest.mark.parametrize("path", ["", "$HOME/x", "~no_such_user"])
def test_a_path_that_stands_for_nothing_is_refused(call, work, option, path):
    exit_code, _, err = call("train", "mlp", option, path, "--show-config")
    assert exit_code == 2
    assert "path" in one_line(err)
    assert os.listdir(work) == []


def test_pairs_are_read_to_a_dictionary():
    pairs = ["hidden_features=64", "hidden-features=32", "prompt=a = b", "empty="]
    assert read_pairs(pairs) == {"hidden_features": "32", "prompt": "a = b", "empty": ""}
    assert read_pairs(None) == {}


@pytest.mark.parametrize("pair", ["context", "", "=3"])
def test_what_is_no_pair_is_named(pair):
    with pytest.raises(UsageError, match="--set must be NAME=VALUE, got ") as caught:
        read_pairs(["a=1", pair])
    assert repr(pair) in str(caught.value)
    assert "write for example --set hidden_features=64" in str(caught.value)
