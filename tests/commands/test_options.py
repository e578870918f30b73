import dataclasses
import inspect
import json

import pytest
import typer
from other_settings import OTHER_SETTINGS

from dlcourse.commands.app import app
from dlcourse.commands.models import MODELS, find_recipe
from dlcourse.commands.options import RunChoices, read_pairs, takes_settings
from dlcourse.data.catalog import IMAGE_SETS, TEXTS
from dlcourse.errors import UsageError
from dlcourse.training.config import TrainConfig

FIELDS = [field.name for field in dataclasses.fields(TrainConfig)]


@pytest.mark.parametrize("name", FIELDS)
def test_every_setting_is_an_option(call, name):
    option = f"--{name.replace('_', '-')}"
    value = OTHER_SETTINGS[name]
    words = [option] if value is True else [option, value]
    out = call("train", "mlp", "--show-config", *words)[1]
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
    for name in (*IMAGE_SETS, *TEXTS):
        assert name in texts["data"]


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
