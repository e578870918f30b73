import dataclasses
import json
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from other_settings import OTHER_SETTINGS

from dlcourse.training.config import MAY_CHANGE, TrainConfig, check_same_run

OUT_OF_RANGE = [
    ("epochs", 0),
    ("epochs", -1),
    ("epochs", 10**12),
    ("batch_size", 0),
    ("batch_size", 2**63),
    ("accumulate", 0),
    ("optimizer", "adam"),
    ("precision", "float64"),
    ("learning_rate", 0.0),
    ("learning_rate", -1e-3),
    ("learning_rate", math.nan),
    ("learning_rate", math.inf),
    ("weight_decay", -0.1),
    ("weight_decay", math.nan),
    ("warmup", -0.1),
    ("warmup", 1.1),
    ("clip_norm", -1.0),
    ("average_decay", 1.0),
    ("patience", -1),
    ("checkpoint_seconds", -1),
    ("checkpoint_seconds", math.inf),
    ("seed", -1),
    ("seed", 2**63),
    ("schedule", "square"),
    ("schedule", "linear,cosine"),
    ("augment", "rotate"),
    ("device", "gpu"),
    ("device", "cuda:x"),
    ("device", "cuda:-1"),
    ("device", "cuda:\u0661"),
    ("device", ""),
]
OF_ANOTHER_TYPE = [
    ("epochs", 2.0),
    ("epochs", True),
    ("epochs", "5"),
    ("batch_size", None),
    ("accumulate", 1.5),
    ("optimizer", None),
    ("precision", 32),
    ("compile", 1),
    ("compile", "yes"),
    ("learning_rate", "0.1"),
    ("learning_rate", False),
    ("weight_decay", [1]),
    ("warmup", None),
    ("clip_norm", None),
    ("average_decay", "0.9"),
    ("patience", 2.0),
    ("checkpoint_seconds", "60"),
    ("seed", 1.5),
    ("schedule", 3),
    ("augment", ["shift"]),
    ("device", 0),
]


@pytest.mark.parametrize(("field", "value"), OUT_OF_RANGE)
def test_a_value_outside_its_range_is_named_with_its_field(field, value):
    with pytest.raises(ValueError, match=rf"^{field} must be .*, got ") as caught:
        TrainConfig(**{field: value})
    assert str(value) in str(caught.value)


@pytest.mark.parametrize(("field", "value"), OF_ANOTHER_TYPE)
def test_a_value_of_another_type_is_named_with_its_field(field, value):
    kinds = "a whole number|a number|a text|True or False"
    with pytest.raises(TypeError, match=rf"^{field} must be ({kinds}), got "):
        TrainConfig(**{field: value})


def test_every_field_has_a_case_of_each_kind():
    names = {field.name for field in dataclasses.fields(TrainConfig)}
    assert {name for name, _ in OF_ANOTHER_TYPE} == names
    assert {name for name, _ in OUT_OF_RANGE} == names - {"compile"}


def test_extremes_are_allowed():
    TrainConfig(
        epochs=1,
        batch_size=1,
        learning_rate=1,
        weight_decay=0,
        warmup=0,
        seed=2**63 - 1,
        device="cuda:7",
    )


def test_json_there_and_back_is_the_same_config():
    config = TrainConfig(
        epochs=3, learning_rate=0.1, seed=2**63 - 1, schedule="cosine", device="cpu"
    )
    assert TrainConfig(**json.loads(json.dumps(dataclasses.asdict(config)))) == config


@pytest.mark.parametrize("name", [field.name for field in dataclasses.fields(TrainConfig)])
def test_a_mistyped_name_is_told(name):
    content = dataclasses.asdict(TrainConfig())
    content[name + "x"] = content.pop(name)
    with pytest.raises(TypeError, match=f"'{name}x'"):
        TrainConfig(**content)


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(st.text(), st.integers() | st.floats() | st.text()))
def test_any_settings_are_taken_or_plainly_refused(content):
    try:
        config = TrainConfig(**content)
    except (ValueError, TypeError):
        return
    assert config == TrainConfig()  # only an empty object has none but known settings


def test_a_config_cannot_change():
    with pytest.raises(dataclasses.FrozenInstanceError):
        TrainConfig().epochs = 3


@pytest.mark.parametrize("name", [field.name for field in dataclasses.fields(TrainConfig)])
def test_a_resumed_run_has_the_settings_it_was_begun_with(name):
    begun = TrainConfig()
    asked = TrainConfig(**{name: OTHER_SETTINGS[name]})
    if name in MAY_CHANGE:
        check_same_run(begun, asked)
        return
    said = f"^{name} must be {getattr(begun, name)}, .* got {OTHER_SETTINGS[name]}:"
    with pytest.raises(ValueError, match=said):
        check_same_run(begun, asked)
