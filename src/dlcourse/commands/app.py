"""The command line: dlcourse info, train, evaluate, predict, sample, export and exercises.

PyTorch is imported inside the commands, so that `dlcourse --help` answers at once.
"""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from dlcourse import __version__
from dlcourse.commands import exercises
from dlcourse.commands import options as option
from dlcourse.commands.evaluate import evaluate
from dlcourse.commands.exit_codes import run_command, show, wrong_arguments_as_usage_errors
from dlcourse.commands.export import export
from dlcourse.commands.models import find_family, read_data, read_model
from dlcourse.commands.predict import predict
from dlcourse.commands.sample import sample
from dlcourse.commands.train import train
from dlcourse.errors import EnvironmentProblem, UsageError

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
    device: option.Device = None,
    roofline: option.Roofline = False,
    as_json: option.Json = False,
) -> None:
    """Show versions, devices and available data sets; with MODEL, list the layers of that model.

    The shapes of the layers are those for an example of DATA. Without MODEL, each model is computed
    on the device and on the CPU, and the results are compared.

    \b
    Example:
      dlcourse info --json
      dlcourse info --roofline
      dlcourse info lenet mnist
    """
    if model is None:
        show_machine(device, data_dir, roofline, as_json)
        return
    if roofline:
        raise UsageError("--roofline measures the machine, not a model", f"leave out {model}")
    model = read_model(model, data, "info")

    from dlcourse.commands.info import collect_layers, describe_layers

    family = find_family(model, option.read_pairs(options))
    data = family.default_data if data is None else read_data(data, family)
    about = family.about(family.load(data, data_dir))
    layers = collect_layers(family.build(about), family.example_inputs(about))
    result = {"model": model, "data": data, **about, **layers}
    show(result, as_json, describe_layers(layers))


def show_machine(
    device: str | None, data_dir: Path | None, is_measured: bool, as_json: bool
) -> None:
    """Print what there is on this machine, or how fast it is.

    Raises: EnvironmentProblem, after that, if the device computes otherwise than the CPU.
    """
    from dlcourse.commands.device_check import compare_with_cpu
    from dlcourse.commands.info import collect_info, describe_info
    from dlcourse.training.device import pick_device

    with wrong_arguments_as_usage_errors("info"):
        chosen = pick_device(device or "auto")
    if is_measured:
        from dlcourse.commands.roofline import measure_roofline, save_roofline

        measured = measure_roofline(chosen)
        measured["figure"] = save_roofline(measured)
        show(measured, as_json, describe_info(measured))
        return
    problems = compare_with_cpu(chosen)
    same = "the outputs and gradients of all models agree with those of the CPU"
    if chosen.type == "cpu":
        same = "nothing to compare: the device is the CPU"
    facts = {**collect_info(data_dir), "comparison": problems or same}
    show(facts, as_json, describe_info(facts))
    if problems:
        problem = f"{chosen} and the CPU do not agree on {problems[0]}"
        raise EnvironmentProblem(problem, "use --device cpu, or a newer PyTorch")


app.command()(train)
app.command()(evaluate)
app.command()(predict)
app.command()(sample)
app.command()(export)
app.add_typer(exercises.app, name="exercises")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command line; return its exit code, as exit_codes.py lists them."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if words[:1] == ["help"]:
        words = [*words[1:], "--help"]
    if words == ["version"]:
        words = ["--version"]
    return run_command(typer.main.get_command(app), words)
