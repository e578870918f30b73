import sys
import types

import pytest
import torch
from torch import nn

from dlcourse.errors import UsageError
from dlcourse.tasks.family import ASKED_BY, Family, fill_options, find_options
from dlcourse.training.config import TrainConfig

CPU = torch.device("cpu")
NETWORKS = {"tiny": "module:Tiny"}
RECIPES = {("tiny", "known"): TrainConfig(epochs=7)}
OWN_OPTIONS = {"context": 8}
ACCEPTED = {"num_layers": 2, "scale": 0.5, "prompt": "a"}


class Tiny(nn.Module):
    """A network whose inputs the data decide."""

    def __init__(self, in_features, hidden_features=4, dropout=0.1, num_classes=10):
        super().__init__()


class TinyFamily(Family):
    """A family with one model, which neither draws nor predicts nor samples."""

    networks = NETWORKS
    recipes = RECIPES
    given_by_data = ("in_features", "num_classes")
    own_options = OWN_OPTIONS


@pytest.fixture
def family(monkeypatch):
    """Return the family with its model; Tiny is found in this module."""
    module = types.ModuleType("module")
    module.Tiny = Tiny
    monkeypatch.setitem(sys.modules, "module", module)
    return TinyFamily("tiny", {"dropout": "0.25"})


# Options


def test_options_are_what_has_a_default_and_does_not_follow_from_the_data(family):
    assert family.network_class is Tiny
    assert family.model == "tiny"
    assert family.options == {"hidden_features": 4, "dropout": 0.25, "context": 8}
    assert family.network_options == {"hidden_features": 4, "dropout": 0.25}


def test_an_option_that_the_data_decide_is_refused(family):
    with pytest.raises(UsageError, match="tiny has no option 'num_classes': it has hidden_feat"):
        TinyFamily("tiny", {"num_classes": 3})


def test_parameters_with_a_default_are_options():
    def function(network, generator, *, length: int = 300, prompt: str = ""):
        pass

    assert find_options(function) == {"length": 300, "prompt": ""}
    assert find_options(function, without=["prompt"]) == {"length": 300}
    assert find_options(Tiny.forward) == {}


@pytest.mark.parametrize(
    ("given", "name", "expected"),
    [
        ("3", "num_layers", 3),
        ("1", "num_layers", 1),
        (3, "num_layers", 3),
        (" 3 ", "num_layers", 3),
        (3.0, "num_layers", 3),
        ("0", "scale", 0.0),
        ("1e-2", "scale", 0.01),
        (1, "scale", 1.0),
        ("", "prompt", ""),
        ("7", "prompt", "7"),
        (7, "prompt", "7"),
    ],
)
def test_a_value_gets_the_type_of_the_default(given, name, expected):
    options = fill_options("tiny", {name: given}, ACCEPTED)
    assert options == {**ACCEPTED, name: expected}
    assert type(options[name]) is type(ACCEPTED[name])


@pytest.mark.parametrize(
    ("given", "name"),
    [
        *((value, "num_layers") for value in ("0", "-1", "2.5", 2.5, "x", "", None, "nan", [])),
        *((value, "scale") for value in ("-1", "x", "nan", "inf", "1e999", None, -0.5)),
    ],
)
def test_a_value_of_another_kind_is_refused_with_an_example(given, name):
    with pytest.raises(UsageError) as caught:
        fill_options("tiny", {name: given}, ACCEPTED)
    wanted = {"num_layers": "a whole number of at least 1", "scale": "a number of at least 0"}
    assert caught.value.problem == f"{name} must be {wanted[name]}, got {given!r}"
    assert str(caught.value).endswith(f"write for example --set {name}={ACCEPTED[name]}")


def test_an_unknown_option_is_named_with_those_that_there_are():
    said = "tiny has no option 'nonsense': it has num_layers=2, scale=0.5, prompt=a"
    with pytest.raises(UsageError, match=f"^{said}$"):
        fill_options("tiny", {"nonsense": 1}, ACCEPTED)
    with pytest.raises(UsageError, match=r"^tiny has no option 'nonsense': leave --set out$"):
        fill_options("tiny", {"nonsense": 1}, {})


def test_the_accepted_options_stay_as_they_are():
    accepted = dict(ACCEPTED)
    fill_options("tiny", {"num_layers": 5}, accepted)
    assert accepted == ACCEPTED


# Settings, and what a family does not have


def test_a_recipe_is_found_by_model_and_data(family):
    assert family.find_recipe("known") == TrainConfig(epochs=7)
    assert family.find_recipe("other") == TrainConfig()


def test_what_a_family_does_not_show_is_refused_with_what_to_do(family):
    for name, asked_by in ASKED_BY.items():
        with pytest.raises(
            UsageError, match=f"^{asked_by} does not work for tiny: use dlcourse evaluate$"
        ):
            family.check_can(name)


def test_what_a_family_can_do_is_named_beside_what_it_cannot(family):
    family.predict = lambda *_: []
    family.check_can("predict")
    with pytest.raises(
        UsageError, match=r"^dlcourse sample does not work for tiny: use dlcourse predict$"
    ):
        family.check_can("sample")
    family.sample = lambda *_: ""
    with pytest.raises(
        UsageError,
        match=r"^--figures does not work for tiny: use dlcourse predict or dlcourse sample$",
    ):
        family.check_can("draw_figures")


@pytest.mark.parametrize(
    ("method", "arguments"),
    [
        ("check_data", ("data",)),
        ("load", ("data",)),
        ("about", (None,)),
        ("fit_data", (None, {})),
        ("make_batches", (None, "train", CPU)),
        ("summarize", (None, {})),
        ("build", ({},)),
        ("example_inputs", ({},)),
    ],
)
def test_what_a_family_has_to_define_is_not_defined_by_itself(family, method, arguments):
    with pytest.raises(NotImplementedError):
        getattr(family, method)(*arguments)
