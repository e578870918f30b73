"""Options that several commands share, and one option for each field of TrainConfig."""

import functools
import inspect
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, Any, get_args, get_type_hints

import typer

from dlcourse.commands.models import MODELS
from dlcourse.data.catalog import IMAGE_SETS, TEXTS
from dlcourse.errors import UsageError
from dlcourse.training.config import TrainConfig

MODEL_NAMES = ", ".join(MODELS)
DATA_NAMES = (
    f"{', '.join(IMAGE_SETS)}, or a folder with a sub-folder of images for each class; "
    f"for gru and lstm: {', '.join(TEXTS)}, or a text file."
)
SOURCES = "a run's folder, a .safetensors or .pth file, or torchvision (downloads)"

Model = Annotated[str, typer.Argument(metavar="MODEL", help=MODEL_NAMES)]
OptionalModel = Annotated[str | None, typer.Argument(metavar="MODEL", help=MODEL_NAMES)]
Data = Annotated[str | None, typer.Argument(metavar="DATA", help=DATA_NAMES)]
Run = Annotated[Path, typer.Argument(metavar="RUN_DIR", help="Folder that dlcourse train wrote.")]
Images = Annotated[
    list[Path], typer.Argument(metavar="IMAGE...", help="Image files with one drawing each.")
]
Device = Annotated[
    str | None, typer.Option(help="Device: auto (unless given), cpu, cuda, cuda:1 or mps.")
]
RunDir = Annotated[
    Path | None, typer.Option(help="Folder to write the run to; runs/MODEL-DATA unless given.")
]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="Replace the run in the folder.")]
Resume = Annotated[bool, typer.Option("--resume", help="Continue the run in the folder.")]
From = Annotated[str | None, typer.Option("--from", help=f"Start from the weights of {SOURCES}.")]
Freeze = Annotated[bool, typer.Option("--freeze", help="With --from: train the last layer alone.")]
ShowConfig = Annotated[
    bool, typer.Option("--show-config", help="Print the settings and train nothing.")
]
DataDir = Annotated[Path | None, typer.Option(help="Folder that holds the files of DATA.")]
Stream = Annotated[
    bool | None,
    typer.Option("--stream/--resident", help="Read images while training, or all in advance."),
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object as the last line.")]
Figures = Annotated[
    bool, typer.Option("--figures", help="Draw the confusion matrix and the worst mistakes.")
]
OldFigures = Annotated[bool, typer.Option("--pictures", hidden=True)]  # its name until 2026
TensorBoard = Annotated[
    bool, typer.Option("--tensorboard", help="Log for TensorBoard, an extra package.")
]
Debug = Annotated[bool, typer.Option("--debug", help="Show the traceback of an error.")]
Count = Annotated[int, typer.Option(help="Number of samples.", min=1)]
Seed = Annotated[int, typer.Option(help="Seed of the random choices.", min=0)]
Set = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="NAME=VALUE",
        help="Option of the model, such as hidden_features=64; may be given several times.",
    ),
]
SampleSet = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="NAME=VALUE",
        help="Option of the sample, such as length=500; may be given several times.",
    ),
]


def read_pairs(pairs: Sequence[str] | None) -> dict[str, str]:
    """Return the options of --set NAME=VALUE as a dictionary.

    Raises: UsageError for a word without an equals sign.
    """
    options = {}
    for pair in pairs or []:
        name, equals, value = pair.partition("=")
        if not equals or not name:
            problem = f"--set must be NAME=VALUE, got {pair!r}"
            raise UsageError(problem, "write for example --set hidden_features=64")
        options[name.strip().replace("-", "_")] = value
    return options


def takes_settings(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command an option for each field of TrainConfig in place of its parameter `settings`.

    The command gets a dictionary of those that are given. The others have no default here, because
    the recipe of the model and the data knows them.
    """
    options = _make_options()
    signature = inspect.signature(command, eval_str=True)
    own = [one for name, one in signature.parameters.items() if name != "settings"]

    @functools.wraps(command)
    def wrapped(**arguments: Any) -> None:
        settings = {}
        for option in options:
            value = arguments.pop(option.name)
            if value is not None:
                settings[option.name] = value
        command(**arguments, settings=settings)

    parameters = [one.replace(kind=inspect.Parameter.KEYWORD_ONLY) for one in [*own, *options]]
    wrapped.__signature__ = signature.replace(parameters=parameters)  # type: ignore[attr-defined]
    wrapped.__annotations__ = {one.name: one.annotation for one in parameters}
    return wrapped


def _make_options() -> list[inspect.Parameter]:
    options = []
    for name, hint in get_type_hints(TrainConfig, include_extras=True).items():
        kind, description = get_args(hint)
        annotation: Any = Annotated[kind | None, typer.Option(help=description)]
        option = inspect.Parameter(
            name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=annotation
        )
        options.append(option)
    return options
