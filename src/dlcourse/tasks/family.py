"""A family of networks: a task with everything that the command line needs of it."""

import inspect
import math
import pkgutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar

import torch
from torch import Tensor, nn

from dlcourse.errors import UsageError
from dlcourse.training.config import TrainConfig
from dlcourse.training.task import Task

ASKED_BY = {  # what a family may be able to do: how the command line asks for it
    "draw_figures": "--figures",
    "predict": "dlcourse predict",
    "sample": "dlcourse sample",
    "sample_images": "dlcourse sample",
}


class Family(Task):
    """A task, how its data are loaded and its networks built, and what a trained network shows.

    networks: model name -> "module:class". data_sets: the names that `load` knows. recipes: (model,
    data) -> settings that are known to work. other_recipe: those for other data, such as a folder
    of your own. headline: the figure that a result begins with. example_name: what an example is
    called, for people. facts_of_outputs: the entry of `about` that says what the network's outputs
    stand for. given_by_data: parameters of the networks' classes that follow from the data; the
    others are options.

    Raises: UsageError for an option that the model does not have, or that has a wrong value.
    """

    networks: ClassVar[Mapping[str, str]]
    recipes: ClassVar[Mapping[tuple[str, str], TrainConfig]]
    other_recipe: ClassVar[TrainConfig] = TrainConfig()
    data_sets: ClassVar[Sequence[str]]
    default_data: ClassVar[str]
    headline: ClassVar[str]
    example_name: ClassVar[str]
    facts_of_outputs: ClassVar[str]
    is_input_named: ClassVar[bool] = False  # whether facts_of_outputs names the inputs, too
    given_by_data: ClassVar[tuple[str, ...]]
    own_options: ClassVar[Mapping[str, Any]] = {}  # options that no network takes: name -> default

    def __init__(self, model: str, options: Mapping[str, Any] | None = None):
        self.model = model
        self.network_class: Any = pkgutil.resolve_name(self.networks[model])
        accepted = {**find_options(self.network_class, self.given_by_data), **self.own_options}
        self.options = fill_options(model, options or {}, accepted)

    @property
    def network_options(self) -> dict[str, Any]:
        """The options that the network's class takes."""
        names = [name for name in self.options if name not in self.own_options]
        return {name: self.options[name] for name in names}

    # What it learns from

    def check_data(self, data: str) -> None:
        """Raise UsageError for a name that can be neither a data set nor a path."""
        raise NotImplementedError

    def load(
        self,
        data: str,
        data_dir: Path | None = None,
        stream: bool | None = None,
        about: Mapping[str, Any] | None = None,
    ) -> Any:
        """Load data by its name or path, with its splits train, validation and test.

        stream: whether to read examples as they are needed, where the family can; None decides by
        size. about: the facts of the network that the data are for, where there is one already.
        """
        raise NotImplementedError

    def about(self, data: Any) -> dict[str, Any]:
        """Return the plain facts by which the network is rebuilt without its data."""
        raise NotImplementedError

    def fit_data(self, data: Any, about: Mapping[str, Any]) -> Any:
        """Return the data as a network with these facts takes them.

        Raises: UsageError for data that it cannot take.
        """
        raise NotImplementedError

    def make_batches(
        self,
        data: Any,
        split: str,
        device: torch.device,
        config: TrainConfig | None = None,
        stream: bool | None = None,
    ) -> Any:
        """Return batches of a split by the settings of a run, or without them in order."""
        raise NotImplementedError

    def summarize(self, data: Any, about: Mapping[str, Any]) -> list[str]:
        """Say in lines for people what is learned from: classes, what was left out, the source."""
        raise NotImplementedError

    # Its networks

    def build(self, about: Mapping[str, Any]) -> nn.Module:
        """Build the network; its initial weights are drawn from torch's generator."""
        raise NotImplementedError

    def example_inputs(self, about: Mapping[str, Any]) -> Tensor:
        """Return inputs of one example, as `dlcourse info` sends through the network."""
        raise NotImplementedError

    def find_recipe(self, data: str) -> TrainConfig:
        """Return the settings for this model on a data set; other_recipe if none are known."""
        return self.recipes.get((self.model, data), self.other_recipe)

    # What a trained network shows: a family has those of these methods that make sense for it.
    draw_figures: Callable[..., list[Path]]  # (network, data, device, folder) -> the files
    predict: Callable[..., list[dict[str, Any]]]  # (network, about, paths, folder)
    describe_prediction: Callable[..., str]  # (one of predict's results) -> a line
    sample: Callable[..., str]  # (network, about, generator, *, options of its own)
    # (network, about, generator, count, *, options) -> (count, channels, height, width), 0 to 1
    sample_images: Callable[..., Tensor]

    def check_can(self, name: str) -> None:
        """Raise UsageError unless the family has one of the methods above."""
        if hasattr(self, name):
            return
        able = dict.fromkeys(ASKED_BY[one] for one in ASKED_BY if hasattr(self, one))
        remedy = f"use {' or '.join(able)}" if able else "use dlcourse evaluate"
        raise UsageError(f"{ASKED_BY[name]} does not work for {self.model}", remedy)


def find_options(function: Any, without: Sequence[str] = ()) -> dict[str, Any]:
    """Return the parameters of a class or function that have a default value, and that value."""
    options = {}
    for name, parameter in inspect.signature(function).parameters.items():
        if parameter.default is not parameter.empty and name not in without:
            options[name] = parameter.default
    return options


def fill_options(
    model: str, given: Mapping[str, Any], accepted: Mapping[str, Any]
) -> dict[str, Any]:
    """Return all accepted options with the given values, converted to the types of their defaults.

    Raises: UsageError for an unknown option or a value of another kind.
    """
    options = dict(accepted)
    for name, value in given.items():
        if name not in accepted:
            known = ", ".join(f"{known}={default}" for known, default in accepted.items())
            remedy = f"it has {known}" if known else "leave --set out"
            raise UsageError(f"{model} has no option {name!r}", remedy)
        options[name] = _convert(name, value, accepted[name])
    return options


def _convert(name: str, value: Any, default: Any) -> Any:
    """Return a value, which may be a text from the command line, in the type of the default."""
    if isinstance(default, str):
        return str(value)
    kind = type(default)
    wanted = "a whole number of at least 1" if kind is int else "a number of at least 0"
    try:
        number = kind(value)
    except (TypeError, ValueError, OverflowError):
        number = math.nan
    least = 1 if kind is int else 0
    is_whole = not isinstance(value, float) or value == number
    if not (least <= number < math.inf and is_whole):
        remedy = f"write for example --set {name}={default}"
        raise UsageError(f"{name} must be {wanted}, got {value!r}", remedy)
    return number
