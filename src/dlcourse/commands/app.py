"""The command line: dlcourse info, train, evaluate, predict and sample.

PyTorch is imported inside the commands, so that `dlcourse --help` answers at once.
"""

import os
import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from dlcourse import __version__
from dlcourse.commands import options as option
from dlcourse.commands.evaluate import evaluate
from dlcourse.commands.exit_codes import run_command, show
from dlcourse.commands.models import find_family, read_data, read_model
from dlcourse.commands.predict import predict
from dlcourse.commands.sample import sample
from dlcourse.commands.train import train

app = typer.Typer(
    rich_markup_mode=None,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def show_version(is_asked: bool) -> None:
    """Print the version and exit."""
    if is_asked:
        print(f"dlcourse {__version__}")
        raise typer.Exit


Version = Annotated[
    bool,
    typer.Option(
        "--version", "-V", callback=show_version, is_eager=True, help="Show the version and exit."
    ),
]


@app.callback()
def dlcourse(version: Version = False, debug: option.Debug = False) -> None:
    """Train small neural networks, and see what they have learned.

    \b
    Example:
      dlcourse train mlp
    """


@app.command()
def info(
    model: option.OptionalModel = None,
    data: option.Data = None,
    data_dir: option.DataDir = None,
    options: option.Set = None,
    as_json: option.Json = False,
) -> None:
    """Show versions, devices and available data sets; with MODEL, list the layers of that model.

    The shapes of the layers are those for an example of DATA.

    \b
    Example:
      dlcourse info --json
      dlcourse info lenet mnist
    """
    if model is not None:
        model = read_model(model, data, "info")

    from dlcourse.commands.info import (
        collect_info,
        collect_layers,
        describe_info,
        describe_layers,
    )

    if model is None:
        facts = collect_info(data_dir)
        show(facts, as_json, describe_info(facts))
        return
    family = find_family(model, option.read_pairs(options))
    data = family.default_data if data is None else read_data(data, family)
    about = family.about(family.load(data, data_dir))
    layers = collect_layers(family.build(about), family.example_inputs(about))
    result = {"model": model, "data": data, **about, **layers}
    show(result, as_json, describe_layers(layers))


app.command()(train)
app.command()(evaluate)
app.command()(predict)
app.command()(sample)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command line; return its exit code, as exit_codes.py lists them."""
    # Threads wait for each other at every step. Waiting awake makes the digits' MLP ten times
    # slower as soon as another program needs a core. PyTorch reads this when it is imported.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    words = list(sys.argv[1:] if arguments is None else arguments)
    if words[:1] == ["help"]:
        words = [*words[1:2], "--help"]
    if words == ["version"]:
        words = ["--version"]
    return run_command(typer.main.get_command(app), words)
