"""The command line: dlcourse info, train, evaluate and predict.

PyTorch is imported inside the commands, so that `dlcourse --help` answers at once.
"""

import dataclasses
import json
import os
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

from dlcourse import __version__
from dlcourse.errors import CheckpointError, UsageError
from dlcourse.exit_codes import run_command, wrong_arguments_as_usage_errors
from dlcourse.options import takes_settings
from dlcourse.recipes import DATASETS, MODELS, choose, choose_data, find_recipe
from dlcourse.training.config import check_same_run

app = typer.Typer(rich_markup_mode=None, add_completion=False)

ModelName = Annotated[str, typer.Argument(metavar="MODEL", help=", ".join(MODELS))]
AnyModelName = Annotated[str | None, typer.Argument(metavar="MODEL", help=", ".join(MODELS))]
DataHelp = f"{', '.join(DATASETS)}, or a folder with a sub-folder of pictures for each class."
DataName = Annotated[str | None, typer.Argument(metavar="DATA", help=DataHelp)]
RunArgument = Annotated[
    Path, typer.Argument(metavar="RUN_DIR", help="Folder that dlcourse train wrote.")
]
Drawings = Annotated[
    list[Path], typer.Argument(metavar="IMAGE...", help="Pictures of one drawing each.")
]
Device = Annotated[str | None, typer.Option(help="auto (unless given), cpu, cuda, cuda:1 or mps.")]
RunDir = Annotated[Path | None, typer.Option(help="Where to write; runs/MODEL-DATA unless given.")]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="Replace the run that is there.")]
Resume = Annotated[bool, typer.Option("--resume", help="Go on with the run that is there.")]
Source = "a run's folder, a .safetensors or .pth file, or torchvision (downloads)"
From = Annotated[str | None, typer.Option("--from", help=f"Start from the weights of {Source}.")]
Freeze = Annotated[bool, typer.Option("--freeze", help="With --from: only the last layer learns.")]
ShowConfig = Annotated[
    bool, typer.Option("--show-config", help="Print the settings; train nothing.")
]
DataDir = Annotated[Path | None, typer.Option(help="Folder that holds the files of DATA.")]
Stream = Annotated[
    bool | None, typer.Option("--stream/--resident", help="Read as it learns, or in advance.")
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object as the last line.")]
Pictures = Annotated[
    bool, typer.Option("--pictures", help="Draw confusion matrix and worst mistakes.")
]
TensorBoard = Annotated[
    bool, typer.Option("--tensorboard", help="Log for TensorBoard, an extra package.")
]
Debug = Annotated[bool, typer.Option("--debug", help="Show the traceback of an error.")]


def show_version(is_asked: bool) -> None:
    """Print the version and end."""
    if is_asked:
        print(f"dlcourse {__version__}")
        raise typer.Exit


Version = Annotated[
    bool, typer.Option("--version", callback=show_version, is_eager=True, help="Show it.")
]


@app.callback()
def dlcourse(version: Version = False, debug: Debug = False) -> None:
    """Train small networks and look at what they do.

    \b
    Example:
      dlcourse train mlp
    """


@app.command()
def info(
    model: AnyModelName = None,
    data: DataName = None,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """Show versions, devices and the data that is found; with MODEL, its layers for the pictures of DATA.

    \b
    Example:
      dlcourse info --json
      dlcourse info lenet mnist
    """
    if model is None:
        from dlcourse.info import collect_info, describe_info

        facts = collect_info(data_dir)
        show(facts, as_json, describe_info(facts))
        return
    choose("model", model, MODELS)
    load_data = choose_data(data or "digits")

    from dlcourse.assemble import build_network, find_sides, fit_pictures
    from dlcourse.layers import collect_layers, describe_layers

    pictures = fit_pictures(model, load_data(data_dir, find_sides(model)))
    shape = pictures.train.images.shape[1:]
    layers = collect_layers(build_network(model, shape, len(pictures.class_names)), shape)
    description = {"model": model, "data": pictures.name, "image_shape": list(shape)}
    show(description | layers, as_json, describe_layers(layers))


@app.command()
@takes_settings
def train(
    model: ModelName,
    data: DataName = None,
    run_dir: RunDir = None,
    overwrite: Overwrite = False,
    resume: Resume = False,
    source: From = None,
    freeze: Freeze = False,
    data_dir: DataDir = None,
    stream: Stream = None,
    with_pictures: Pictures = False,
    tensorboard: TensorBoard = False,
    show_config: ShowConfig = False,
    as_json: Json = False,
    *,
    settings: dict[str, Any],
) -> None:
    """Train MODEL on DATA and keep the run in a folder.

    Without DATA it is the digits, which come with the package. Settings that are left out are those of the
    recipe for MODEL and DATA, or of the run that is resumed.

    \b
    Example:
      dlcourse train mlp
      dlcourse train lenet mnist --epochs 3
      dlcourse train lenet mnist --resume
      dlcourse train cnn my/pictures --augment shift,flip
    """
    choose("model", model, MODELS)
    folder = run_dir or Path(
        "runs", f"{model}-{Path(os.path.abspath(data)).name}" if data else model
    )
    data = data or "digits"
    load_data = choose_data(data)
    with wrong_arguments_as_usage_errors():
        config = dataclasses.replace(find_recipe(model, data), **settings)
        if overwrite and resume:
            raise ValueError("resume cannot be given with --overwrite: leave one of them out")

    import torch

    from dlcourse import assemble, outcome, transfer
    from dlcourse.progress import ProgressDisplay, open_tensorboard
    from dlcourse.signals import stop_at_signals
    from dlcourse.training.run_folder import RunFolder
    from dlcourse.training.trainer import Trainer

    run = RunFolder(folder)
    begun = assemble.read_run(run) if resume and run.has_run() else None
    if begun is not None:
        source = (begun[0].origin or None) if source is None else source
        freeze = freeze or begun[0].is_frozen
    with wrong_arguments_as_usage_errors():
        if begun is not None:
            config = dataclasses.replace(begun[1], **settings)
            check_same_run(begun[1], config)
        elif not show_config:
            run.check_free(overwrite=overwrite)  # before anything slow
        if freeze and source is None:
            raise ValueError("freeze needs --from: a network without training has nothing to keep")
    if show_config:
        print(json.dumps(dataclasses.asdict(config), indent=2))
        return
    original = load_data(data_dir, assemble.find_sides(model), stream)
    pictures = assemble.fit_pictures(model, original)
    description = assemble.describe_run(__version__, model, pictures, original)
    torch.manual_seed(config.seed)  # the first weights
    network = assemble.build_network(model, description.image_shape, len(pictures.class_names))

    out = sys.stderr if as_json else sys.stdout
    say = partial(print, file=out, flush=True)
    if (
        begun is not None and run.list_checkpoints()
    ):  # which have all weights: the source may be gone
        sha256 = begun[0].origin_sha256
        description = dataclasses.replace(description, origin=source or "", origin_sha256=sha256)
    elif source is not None:
        description = transfer.start_from(source, network, description, say)
    if freeze:
        description = dataclasses.replace(description, is_frozen=True)
        say(f"frozen: {transfer.freeze(network)}")
    if begun is not None:
        assemble.check_same_description(begun[0], description, folder)
    display = ProgressDisplay(
        out, open_tensorboard(folder / "tensorboard") if tensorboard else None
    )
    trainer = Trainer(network, config, run, report=display, say=say)
    train_batches = assemble.make_batches(pictures, pictures.train, trainer.device, config, stream)
    validation_batches = assemble.make_batches(pictures, pictures.validation, trainer.device)
    with run.lock():
        if begun is None:
            with wrong_arguments_as_usage_errors():
                run.create(dataclasses.asdict(description), config, overwrite=overwrite)
        size = sum(parameter.numel() for parameter in network.parameters())
        say(f"{model}, {size:,} parameters, learns {len(pictures.train):,} pictures of {data}")
        if pictures is not original:
            sides = f"from {description.drawing_side} to {description.image_shape[-1]} pixels"
            say(f"resized {sides}, which {model} takes")
        say(f"{train_batches.place}, on {trainer.device} with {config}")
        if resume and begun is None:
            say(f"there is no run in {folder} to resume: this one starts at the beginning")
        with display, stop_at_signals(trainer.stop):
            trainer.fit(train_batches, validation_batches, resume=resume)
        outcome.draw_learning_curve(trainer.history, run.learning_curve)
    last = trainer.history[-1]
    result = {"model": model, "data": data, "device": str(trainer.device), "epochs": config.epochs}
    result |= outcome.measure(network, pictures, trainer.device, folder if with_pictures else None)
    result |= {"train_seconds": last.seconds, "images_per_second": last.images_per_second}
    how = f"trained in {last.seconds:.1f} s; everything is in {folder}"
    show({**result, "run_dir": str(folder)}, as_json, f"{outcome.describe(result)}, {how}")


@app.command()
def evaluate(
    run_dir: RunArgument,
    data: DataName = None,
    device: Device = None,
    data_dir: DataDir = None,
    with_pictures: Pictures = False,
    as_json: Json = False,
) -> None:
    """Measure a trained network on the test pictures.

    Without DATA they are those of the data set that it was trained on.

    \b
    Example:
      dlcourse evaluate runs/lenet-mnist
    """
    if data is not None:
        choose_data(data)

    from dlcourse.assemble import fit_pictures, load_run, resize_pictures
    from dlcourse.outcome import describe, measure
    from dlcourse.training.device import pick_device
    from dlcourse.training.run_folder import RunFolder

    with wrong_arguments_as_usage_errors():
        picked = pick_device(device or "auto")
    run = RunFolder(run_dir)
    network, description, config = load_run(run)
    data = data or description.data
    if data == description.data and data not in DATASETS and not os.path.isabs(data):
        raise CheckpointError(
            f"{run.config} names the unknown data set {data!r}", "name one in its place"
        )
    side = description.image_shape[-1]
    pictures = fit_pictures(description.model, choose_data(data)(data_dir, (side, side)))
    if pictures.test.images.shape[-1] < side:
        pictures = resize_pictures(pictures, side)
    asked = (list(pictures.test.images.shape[1:]), list(pictures.class_names))
    learned = (list(description.image_shape), list(description.class_names))
    if asked != learned:
        told = [f"pictures {shape} of {', '.join(names)}" for shape, names in (asked, learned)]
        problem = f"{data} has {told[0]}, the run learned {told[1]}"
        raise UsageError(problem, f"evaluate it on {description.data}")
    result = {
        "model": description.model,
        "data": data,
        "device": str(picked),
        "epochs": config.epochs,
    }
    result |= measure(network.to(picked), pictures, picked, run_dir if with_pictures else None)
    how = f"on {len(pictures.test):,} test pictures of {data}"
    how += f"; pictures of it are in {run_dir}" if with_pictures else ""
    show({**result, "run_dir": str(run_dir)}, as_json, f"{describe(result)} {how}")


@app.command()
def predict(run_dir: RunArgument, images: Drawings, as_json: Json = False) -> None:
    """Say what a trained network takes your drawings for.

    Light and dark may be either way round. What the network saw is saved in RUN_DIR/predictions.

    \b
    Example:
      dlcourse predict runs/lenet-mnist seven.png
    """
    from dlcourse.assemble import load_run
    from dlcourse.prediction import describe_prediction, predict_drawings
    from dlcourse.training.run_folder import RunFolder

    network, description, _ = load_run(RunFolder(run_dir))
    predictions = predict_drawings(network, description, images, run_dir / "predictions")
    result = {"model": description.model, "run_dir": str(run_dir), "predictions": predictions}
    show(result, as_json, "\n".join(map(describe_prediction, predictions)))


def show(result: dict[str, Any], as_json: bool, text: str) -> None:
    """Print a result, as one JSON object on one line or as text."""
    print(json.dumps(result) if as_json else text, flush=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command line; return its exit code, as exit_codes.py lists them."""
    # Threads wait for each other at every step. Waiting awake makes the digits' MLP ten times slower as soon
    # as another program wants a core. PyTorch reads this when it is imported.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    return run_command(
        typer.main.get_command(app), sys.argv[1:] if arguments is None else arguments
    )
