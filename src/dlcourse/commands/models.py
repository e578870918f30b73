"""The models that the command line trains, and the family of each."""

import pkgutil
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from dlcourse.errors import unknown_name
from dlcourse.training.config import TrainConfig

if TYPE_CHECKING:
    from dlcourse.tasks.family import Family

# Families are named here and imported where they are used, so that `dlcourse --help` answers at
# once.
MODELS = {
    "mlp": "dlcourse.tasks.classify:Classify",
    "cnn": "dlcourse.tasks.classify:Classify",
    "lenet": "dlcourse.tasks.classify:Classify",
    "vgg": "dlcourse.tasks.classify:Classify",
    "resnet18": "dlcourse.tasks.classify:Classify",
    "gru": "dlcourse.tasks.language:Language",
    "lstm": "dlcourse.tasks.language:Language",
}


def check_model(model: str) -> None:
    """Raise UsageError, with the nearest name, for a model that does not exist."""
    if model not in MODELS:
        raise unknown_name("model", model, MODELS)


def find_family(model: str, options: Mapping[str, Any] | None = None) -> "Family":
    """Return the family of a model, with the options that --set gives.

    Raises: UsageError for a model or an option that does not exist, or an option's wrong value.
    """
    check_model(model)
    return pkgutil.resolve_name(MODELS[model])(model, options)


def find_recipe(model: str, data: str) -> TrainConfig:
    """Return the settings that are known to work for a model on a data set or a folder."""
    return find_family(model).find_recipe(data)
