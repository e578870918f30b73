"""Options that several commands share, and one option for each field of TrainConfig."""

import dataclasses
import functools
import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, get_args, get_type_hints

import typer

from dlcourse.commands.models import MODELS, TEXT_MODELS
from dlcourse.data.catalog import ENVIRONMENTS, IMAGE_SETS, SCENES, TEXTS
from dlcourse.errors import UsageError
from dlcourse.paths import expand_path
from dlcourse.training.config import TrainConfig

MODEL_HELP = f"Name of the network: {', '.join(MODELS)}."
DATA_HELP = (
    f"Data: {', '.join(IMAGE_SETS)}, or a folder with a sub-folder of images for each class; "
    f"for models of text ({', '.join(TEXT_MODELS)}), {', '.join(TEXTS)} or a text file; "
    f"for segmenter and detector, {' or '.join(SCENES)}; "
    f"for reinforce, {', '.join(ENVIRONMENTS)} or a file with a map."
)
SOURCES = "a run folder, a .safetensors or .pth file, or torchvision, which downloads them"


def read_path(text: str) -> Path:
    """Return the path given on the command line; ~ is the home folder."""
    return Path(expand_path(text))


# What to write here, and what other tools call it
OTHER_NAMES = {
    "--epochs": "--num-epochs --n-epochs --max-epochs -e",
    "--batch-size": "--batch --bs --mini-batch --train-batch-size -b",
    "--accumulate": "--grad-accum --gradient-accumulation-steps --accumulate-grad-batches",
    "--precision bfloat16": "--amp --bf16 --mixed-precision",
    "--precision float16": "--fp16 --half",
    "--optimizer": "--optim --opt",
    "--learning-rate": "--lr -l",
    "--weight-decay": "--wd --l2",
    "--schedule": "--scheduler --lr-scheduler --lr-schedule",
    "--warmup SHARE, from 0 to 1 of all steps": "--warmup-steps --warmup-epochs --warmup-ratio",
    "--clip-norm": "--clip --clip-grad --grad-clip --max-grad-norm",
    "--average-decay": "--ema --ema-decay",
    "--patience EPOCHS": "--early-stopping --early-stop",
    "--augment": "--augmentation --augmentations --aug --transform",
    "--seed": "--random-seed --manual-seed -s",
    "--device cuda": "--gpu --gpus --cuda",
    "--device cpu": "--cpu --no-cuda",
    "--device mps": "--mps",
    "--run-dir": "--out --output --output-dir --save-dir --log-dir --logdir --name -o",
    "--overwrite": "--force -f",
    "--resume": "--continue",
    "--from": "--weights --checkpoint --ckpt --pretrained --finetune --load",
    "--figures": "--plot --plots",
    "--data-dir": "--data-path --root",
    "--show-config": "--config --dry-run --verbose -v",
    "--count": "--num-samples -n",
    "--set hidden_features=64": "--hidden --hidden-size --hidden-features",
    "--set context=64": "--context --context-length --block-size --seq-len",
    "--set length=500": "--length --max-length --max-new-tokens",
    "--temperature 0.5": "--temp",
    "write MODEL alone, as in dlcourse train mlp": "--model --arch -m",
    "write DATA after MODEL, as in dlcourse train mlp digits": "--data --dataset -d",
    "leave it out; threads load the images": "--workers --num-workers -j",
}

Model = Annotated[str, typer.Argument(metavar="MODEL", help=MODEL_HELP)]
OptionalModel = Annotated[str | None, typer.Argument(metavar="MODEL", help=MODEL_HELP)]
Data = Annotated[str | None, typer.Argument(metavar="DATA", help=DATA_HELP)]
Run = Annotated[
    Path,
    typer.Argument(
        metavar="RUN_DIR", parser=read_path, help="Folder of a run, written by dlcourse train."
    ),
]
Images = Annotated[
    list[Path],
    typer.Argument(
        metavar="IMAGE...",
        parser=read_path,
        help="One or more image files, each showing one drawing.",
    ),
]
Device = Annotated[
    str | None,
    typer.Option(help="Device: auto (the fastest available, the default), cpu, cuda, cuda:1, mps."),
]
RunDir = Annotated[
    Path | None,
    typer.Option(
        metavar="FOLDER",
        parser=read_path,
        help="Folder to save the run in; the default is runs/MODEL-DATA.",
    ),
]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="Replace the run in the folder.")]
Resume = Annotated[bool, typer.Option("--resume", help="Continue the run in the folder.")]
From = Annotated[
    str | None,
    typer.Option(
        "--from",
        metavar="SOURCE",
        parser=expand_path,
        help=f"Start from the weights of {SOURCES}.",
    ),
]
Freeze = Annotated[
    bool, typer.Option("--freeze", help="Train only the last layer of a network given by --from.")
]
ShowConfig = Annotated[
    bool,
    typer.Option("--show-config", help="Print the settings of the run without training."),
]
DataDir = Annotated[
    Path | None,
    typer.Option(
        metavar="FOLDER", parser=read_path, help="Folder with the downloaded files of DATA."
    ),
]
Stream = Annotated[
    bool | None,
    typer.Option(
        "--stream/--resident",
        help="Read images from disk during training, or load all of them first; "
        "the default depends on the available memory.",
    ),
]
Json = Annotated[
    bool, typer.Option("--json", help="Print the result as one JSON object on the last line.")
]
Figures = Annotated[
    bool,
    typer.Option(
        "--figures",
        help="Draw figures of the results, such as the confusion matrix and the worst mistakes.",
    ),
]
Roofline = Annotated[
    bool,
    typer.Option(
        "--roofline",
        help="Measure in five seconds how fast the device computes and copies, and draw that.",
    ),
]
OldFigures = Annotated[bool, typer.Option("--pictures", hidden=True)]  # its name until 2026
TensorBoard = Annotated[
    bool,
    typer.Option(
        "--tensorboard", help="Write learning curves for TensorBoard, which is a separate package."
    ),
]
Debug = Annotated[
    bool, typer.Option("--debug", help="Show the full traceback of an error, for a bug report.")
]
Count = Annotated[
    int | None,
    typer.Option(help="Number of samples to generate; the default is 1 text, or 64 images.", min=1),
]
Seed = Annotated[int, typer.Option(help="Seed of the random choices.", min=0)]
Set = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="NAME=VALUE",
        help="Option of the model, such as hidden_features=64; can be repeated.",
    ),
]
SampleSet = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="NAME=VALUE",
        help="Option of the sample, such as length=500; can be repeated.",
    ),
]
Prompt = Annotated[str | None, typer.Option(metavar="TEXT", help="Beginning of the text to write.")]
Temperature = Annotated[
    str | None,
    typer.Option(
        metavar="NUMBER",
        help="Randomness of a text: 0 always writes the most likely character, 1 writes each "
        "character as often as the network predicts.",
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
    """Where a run is saved, what it starts from, and how its data are loaded."""

    run_dir: RunDir = None
    overwrite: Overwrite = False
    resume: Resume = False
    source: From = None
    freeze: Freeze = False
    data_dir: DataDir = None
    stream: Stream = None
    figures: Figures = False


def takes_settings(command: Callable[..., None]) -> Callable[..., None]:
    """Replace the parameters `choices` and `settings` of a command by options.

    Each field of RunChoices becomes an option, and the command receives a RunChoices. Each field
    of TrainConfig becomes an option without a default, because the recipe of the model and the
    data supplies missing values. The command receives the given ones as a dictionary.
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

    A field that is annotated only with its help text becomes an option that may be left out.
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
        options.append(
            inspect.Parameter(
                name,
                keyword,
                default=default,
                annotation=hint,
            )
        )
    return options
