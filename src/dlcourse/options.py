"""The settings of a run as options of the command line: one for each field of TrainConfig."""

import functools
import inspect
from collections.abc import Callable
from dataclasses import fields
from typing import Annotated, Any, get_args, get_type_hints

import typer

from dlcourse.training.config import TrainConfig


def takes_settings(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command an option for each field of TrainConfig in place of its parameter `settings`.

    It gets those that are given, as a dictionary. The others have no default here: the recipe knows them.
    """
    hints = get_type_hints(TrainConfig, include_extras=True)
    keyword = inspect.Parameter.KEYWORD_ONLY
    options = []
    for field in fields(TrainConfig):
        kind: Any
        kind, description = get_args(hints[field.name])
        annotation: Any = Annotated[kind | None, typer.Option(help=description)]
        options.append(inspect.Parameter(field.name, keyword, default=None, annotation=annotation))
    signature = inspect.signature(command, eval_str=True)
    own = [parameter for name, parameter in signature.parameters.items() if name != "settings"]
    names = {option.name for option in options}

    @functools.wraps(command)
    def wrapped(**arguments: Any) -> None:
        given = {name: value for name, value in arguments.items() if name in names and value is not None}
        others = {name: value for name, value in arguments.items() if name not in names}
        command(**others, settings=given)

    parameters = [one.replace(kind=keyword) for one in [*own, *options]]
    wrapped.__signature__ = signature.replace(parameters=parameters)  # type: ignore[attr-defined]
    wrapped.__annotations__ = {one.name: one.annotation for one in parameters}
    return wrapped
