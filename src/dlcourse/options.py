"""The settings of a run as options of the command line: one for each field of TrainConfig."""

import functools
import inspect
from collections.abc import Callable
from typing import Annotated, Any, get_args, get_type_hints

import typer

from dlcourse.training.config import TrainConfig


def takes_settings(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command an option for each field of TrainConfig in place of its parameter `settings`.

    It gets those that are given, as a dictionary. The others have no default here: the recipe knows them.
    """
    keyword = inspect.Parameter.KEYWORD_ONLY
    options = []
    for name, hint in get_type_hints(TrainConfig, include_extras=True).items():
        kind, description = get_args(hint)
        annotation: Any = Annotated[kind | None, typer.Option(help=description)]
        options.append(inspect.Parameter(name, keyword, default=None, annotation=annotation))
    signature = inspect.signature(command, eval_str=True)
    own = [parameter for name, parameter in signature.parameters.items() if name != "settings"]

    @functools.wraps(command)
    def wrapped(**arguments: Any) -> None:
        settings = {option.name: arguments.pop(option.name) for option in options}
        command(
            **arguments, settings={name: one for name, one in settings.items() if one is not None}
        )

    parameters = [one.replace(kind=keyword) for one in [*own, *options]]
    wrapped.__signature__ = signature.replace(parameters=parameters)  # type: ignore[attr-defined]
    wrapped.__annotations__ = {one.name: one.annotation for one in parameters}
    return wrapped
