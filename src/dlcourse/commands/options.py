"""Options that several commands share, and one option for each field of TrainConfig."""

import dataclasses
import functools
import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True)
class RunChoices:
    """Where a run is kept, what it starts from, and how its data are read."""

    run_dir: RunDir = None
    overwrite: Overwrite = False
    resume: Resume = False
    source: From = None
    freeze: Freeze = False
    data_dir: DataDir = None
    stream: Stream = None
    figures: Figures = False


def takes_settings(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command options in place of its parameters `choices` and `settings`.

    Each field of RunChoices is an option, and the command gets a RunChoices. Each field of
    TrainConfig is one, too, but without a default: the recipe of the model and the data knows it.
    So the command gets a dictionary of those that are given.
    """
    choices = _make_options(RunChoices)
    settings = _make_options(TrainConfig)
    signature = inspect.signature(command, eval_str=True)
    names = ("choices", "settings")
    own = [one for name, one in signature.parameters.items() if name not in names]

    @functools.wraps(command)
    def wrapped(**arguments: Any) -> None:
        chosen = {option.name: arguments.pop(option.name) for option in choices}
        given = {option.name: arguments.pop(option.name) for option in settings}
        given = {name: value for name, value in given.items() if value is not None}
        command(**arguments, choices=RunChoices(**chosen), settings=given)

    keyword = inspect.Parameter.KEYWORD_ONLY
    parameters = [one.replace(kind=keyword) for one in [*own, *choices, *settings]]
    wrapped.__signature__ = signature.replace(parameters=parameters)  # type: ignore[attr-defined]
    wrapped.__annotations__ = {one.name: one.annotation for one in parameters}
    return wrapped


def _make_options(fields_of: type) -> list[inspect.Parameter]:
    """Return an option for each field of a dataclass.

    A field that is annotated with its help text alone becomes an option that may be left out.
    """
    defaults = {field.name: field.default for field in dataclasses.fields(fields_of)}
    options = []
    for name, hint in get_type_hints(fields_of, include_extras=True).items():
        kind, description = get_args(hint)
        default = defaults[name]
        if isinstance(description, str):
            hint = Annotated[kind | None, typer.Option(help=description)]
            default = None
        keyword = inspect.Parameter.KEYWORD_ONLY
        options.append(inspect.Parameter(name, keyword, default=default, annotation=hint))
    return options
