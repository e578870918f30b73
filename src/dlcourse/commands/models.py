"""The models that the command line trains, and the family of each."""

import contextlib
import os
import pkgutil
import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dlcourse.data.catalog import ENVIRONMENTS, IMAGE_SETS, SCENES, TEXTS
from dlcourse.errors import DLCourseError, UsageError, unknown_name
from dlcourse.paths import expand_path
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
    "resnet": "dlcourse.tasks.classify:Classify",
    "resnet18": "dlcourse.tasks.classify:Classify",
    "segmenter": "dlcourse.tasks.segment:Segment",
    "detector": "dlcourse.tasks.detect:Detect",
    "rnn": "dlcourse.tasks.language:Language",
    "gru": "dlcourse.tasks.language:Language",
    "lstm": "dlcourse.tasks.language:Language",
    "gpt": "dlcourse.tasks.language_attention:AttentionLanguage",
    "autoencoder": "dlcourse.tasks.reconstruct:Reconstruct",
    "vae": "dlcourse.tasks.reconstruct:Variational",
    "gan": "dlcourse.tasks.adversarial:Adversarial",
    "diffusion": "dlcourse.tasks.diffuse:Diffuse",
    "reinforce": "dlcourse.tasks.reinforce:Reinforce",
}
TEXT_MODELS = [name for name, family in MODELS.items() if family.endswith("Language")]


def check_model(model: str) -> None:
    """Raise UsageError, with a similar name, for a model that does not exist."""
    if model not in MODELS:
        raise unknown_name("model", model, MODELS)


def read_model(word: str, data: str | None = None, command: str = "train") -> str:
    """Return the name of a model that a user wrote, in upper or lower case, before DATA.

    Raises: UsageError for another word. It names the right command where the words are in another
        order, or the word is a data set or the folder of a run.
    """
    name = word.lower()
    if name in MODELS:
        return name
    problem = f"{word} is not a model"
    if data is not None and data.lower() in MODELS:
        right = shlex.join(["dlcourse", command, data.lower(), word])
        raise UsageError(f"{problem}, and MODEL comes before DATA", f"write {right}")
    if is_run(word):
        raise _run_for_model(word, command)
    models = {
        **dict.fromkeys(IMAGE_SETS, "mlp"),
        **dict.fromkeys(TEXTS, "gru"),
        **dict.fromkeys(ENVIRONMENTS, "reinforce"),
        **dict.fromkeys(SCENES, "detector"),
    }
    if name in models or os.path.isdir(word):
        right = shlex.join(["dlcourse", command, models.get(name, "cnn"), word])
        raise UsageError(f"{word} is data, not a model", f"name a model first, such as {right}")
    raise unknown_name("model", word, MODELS)


def _run_for_model(folder: str, command: str) -> UsageError:
    """Return the error for a run's folder in place of a model, with the command that was meant."""
    from dlcourse.training.run_folder import RunFolder  # PyTorch, which other errors do without

    right = ["dlcourse", "evaluate", folder]
    with contextlib.suppress(DLCourseError):
        run, _ = RunFolder(folder).read_description()
        right = ["dlcourse", command, run.model, run.data]
        if command == "train":
            right += ["--run-dir", folder, "--resume"]
    return UsageError(f"{folder} is the folder of a run", f"write {shlex.join(right)}")


def is_run(path: str | Path) -> bool:
    """Whether a path is the folder of a run."""
    return os.path.isfile(os.path.join(path, "config.json"))


def read_data(word: str, family: "Family") -> str:
    """Return the name of a data set that a user wrote, in upper or lower case, or an expanded path.

    Raises: UsageError for an empty word, as expand_path does.
    """
    if word.lower() in family.data_sets and not os.path.exists(word):
        return word.lower()
    return expand_path(word)


def find_family(model: str, options: Mapping[str, Any] | None = None) -> "Family":
    """Return the family of a model, with the options that --set gives.

    Raises: UsageError for a model or an option that does not exist, or an option's wrong value.
    """
    check_model(model)
    return pkgutil.resolve_name(MODELS[model])(model, options)


def find_recipe(model: str, data: str) -> TrainConfig:
    """Return the settings that are known to work for a model on a data set or a folder."""
    return find_family(model).find_recipe(data)
