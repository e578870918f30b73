"""`dlcourse train`: what the command does is a function that notebooks, tests and benchmarks call, too."""

import dataclasses
import json
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dlcourse import __version__
from dlcourse.commands import options as option
from dlcourse.commands.exit_codes import show, wrong_arguments_as_usage_errors
from dlcourse.commands.models import check_model, find_family
from dlcourse.training.config import TrainConfig, check_same_run

if TYPE_CHECKING:
    from torch import nn

    from dlcourse.tasks.family import Family
    from dlcourse.training.progress import Progress
    from dlcourse.training.run_description import RunDescription
    from dlcourse.training.run_folder import RunFolder


@option.takes_settings
def train(
    model: option.Model,
    data: option.Data = None,
    run_dir: option.RunDir = None,
    overwrite: option.Overwrite = False,
    resume: option.Resume = False,
    options: option.Set = None,
    source: option.From = None,
    freeze: option.Freeze = False,
    data_dir: option.DataDir = None,
    stream: option.Stream = None,
    figures: option.Figures = False,
    pictures: option.OldFigures = False,
    tensorboard: option.TensorBoard = False,
    show_config: option.ShowConfig = False,
    as_json: option.Json = False,
    *,
    settings: dict[str, Any],
) -> None:
    """Train MODEL on DATA and keep the run in a folder.

    Without DATA a model learns the digits, or the text of this course; both come with the package.
    Settings that are left out are those of the recipe for MODEL and DATA, or of the run that is
    resumed.

    \b
    Example:
      dlcourse train mlp
      dlcourse train lenet mnist --epochs 3
      dlcourse train lenet mnist --resume
      dlcourse train cnn my/images --augment shift,flip
      dlcourse train gru my/novel.txt --set context=128
    """
    check_model(model)
    with wrong_arguments_as_usage_errors():
        TrainConfig(**settings)  # before anything slow
    out = sys.stderr if as_json else sys.stdout
    say = partial(print, file=out, flush=True)
    plan = plan_run(
        model,
        data,
        run_dir=run_dir,
        settings=settings,
        options=option.read_pairs(options),
        source=source,
        freeze=freeze,
        overwrite=overwrite,
        resume=resume,
        is_trained=not show_config,
    )
    if show_config:
        print(json.dumps(dataclasses.asdict(plan.config), indent=2))
        return
    from dlcourse.commands.display import ProgressDisplay, open_tensorboard

    log = open_tensorboard(plan.run.path / "tensorboard") if tensorboard else None
    with ProgressDisplay(out, log, plan.family.example_name) as display:
        result = train_plan(
            plan,
            plan.family.load(plan.data, data_dir, stream),
            stream=stream,
            figures=figures or pictures,
            report=display,
            say=say,
        )
    from dlcourse.commands.runs import describe_test

    how = f"trained in {result['train_seconds']:.1f} s; everything is in {plan.run.path}"
    show(result, as_json, f"{describe_test(result)}, {how}")


@dataclass(frozen=True)
class RunPlan:
    """What is to be trained and where; begun is the run in the folder that is continued, if there is one."""

    family: "Family"
    data: str
    run: "RunFolder"
    config: TrainConfig
    source: str | None = None
    freeze: bool = False
    overwrite: bool = False
    resume: bool = False
    begun: "RunDescription | None" = None


def plan_run(
    model: str,
    data: str | None = None,
    *,
    run_dir: Path | str | None = None,
    settings: Mapping[str, Any] | None = None,
    options: Mapping[str, Any] | None = None,
    source: str | None = None,
    freeze: bool = False,
    overwrite: bool = False,
    resume: bool = False,
    is_trained: bool = True,
) -> RunPlan:
    """Choose the family, the folder and the settings of a run; read the run that is resumed.

    settings are fields of TrainConfig that differ from the recipe, options those of the model.
    Raises: UsageError for arguments that do not fit together, or a folder that is not free.
    """
    from dlcourse.commands.runs import read_run
    from dlcourse.training.run_folder import RunFolder

    settings = settings or {}
    family = find_family(model, options)
    run = RunFolder(run_dir or choose_folder(model, data))
    data = data or family.default_data
    begun = None
    with wrong_arguments_as_usage_errors():
        if overwrite and resume:
            raise ValueError("resume cannot be given with --overwrite: leave one of them out")
        config = dataclasses.replace(family.find_recipe(data), **settings)
        if resume and run.has_run():
            begun, begun_config, begun_family = read_run(run)
            config = dataclasses.replace(begun_config, **settings)
            check_same_run(begun_config, config)
            if model == begun.model:
                family = find_family(model, {**begun_family.options, **(options or {})})
            source = source if source is not None else begun.origin or None
            freeze = freeze or begun.is_frozen
        elif is_trained:
            run.check_free(overwrite=overwrite)  # before anything slow
        if freeze and source is None:
            raise ValueError("freeze needs --from: a network without training has nothing to keep")
    return RunPlan(family, data, run, config, source, freeze, overwrite, resume, begun)


def choose_folder(model: str, data: str | None) -> Path:
    """Return the folder of a run for which none is named: runs/MODEL-DATA."""
    if data is None:
        return Path("runs", model)
    name = Path(os.path.abspath(data)).name  # the last part of a path, also of "." and "my/images/"
    return Path("runs", f"{model}-{name}")


def train_run(
    model: str,
    data: str | None = None,
    *,
    data_dir: Path | None = None,
    stream: bool | None = None,
    figures: bool = False,
    report: "Callable[[Progress], None] | None" = None,
    say: Callable[[str], None] = print,
    **choices: Any,
) -> dict[str, Any]:
    """Train a model on data as `dlcourse train` does, and return what it prints with --json.

    choices are the keyword arguments of plan_run, such as run_dir, settings and overwrite.
    """
    plan = plan_run(model, data, **choices)
    loaded = plan.family.load(plan.data, data_dir, stream)
    return train_plan(plan, loaded, stream=stream, figures=figures, report=report, say=say)


def train_plan(
    plan: RunPlan,
    data: Any,
    *,
    stream: bool | None = None,
    figures: bool = False,
    report: "Callable[[Progress], None] | None" = None,
    say: Callable[[str], None] = print,
) -> dict[str, Any]:
    """Train what was planned on data that were loaded; return the result.

    report is called with the Progress of the run, say with sentences for people.
    Raises: as Trainer.fit; CheckpointError for a run that was begun otherwise.
    """
    from dlcourse.commands.learning_curve import draw_learning_curve
    from dlcourse.commands.runs import measure_test
    from dlcourse.training.signals import stop_at_signals
    from dlcourse.training.trainer import Trainer

    family = plan.family
    about = family.about(data)
    fitted = family.fit_data(data, about)
    network, description = start_network(plan, about, say)
    trainer = Trainer(network, plan.config, plan.run, report=report, say=say, task=family)
    with wrong_arguments_as_usage_errors():
        train_batches = family.make_batches(fitted, "train", trainer.device, plan.config, stream)
    validation_batches = family.make_batches(fitted, "validation", trainer.device)
    with plan.run.lock():
        if plan.begun is None:
            with wrong_arguments_as_usage_errors():
                plan.run.create(description.as_content(), plan.config, overwrite=plan.overwrite)
        for line in describe_start(plan, about, data, network):
            say(line)
        place = getattr(train_batches, "place", f"{len(train_batches):,} batches an epoch")
        say(f"{place}, on {trainer.device} with {plan.config}")
        if plan.resume and plan.begun is None:
            say(f"there is no run in {plan.run.path} to resume: this one starts at the beginning")
        with stop_at_signals(trainer.stop):
            trainer.fit(train_batches, validation_batches, resume=plan.resume)
        draw_learning_curve(trainer.history, plan.run.learning_curve)
    last = trainer.history[-1]
    figures_folder = plan.run.path if figures else None
    return {
        "model": family.model,
        "data": plan.data,
        "device": str(trainer.device),
        "epochs": plan.config.epochs,
        **measure_test(family, network, fitted, trainer.device, figures_folder),
        "train_seconds": last.seconds,
        f"{family.example_name}_per_second": last.examples_per_second,
        "run_dir": str(plan.run.path),
    }


def start_network(
    plan: RunPlan, about: Mapping[str, Any], say: Callable[[str], None]
) -> "tuple[nn.Module, RunDescription]":
    """Build the network of a run, with the weights that it starts from; return its description, too.

    Raises: CheckpointError when the run in the folder was begun otherwise.
    """
    import torch

    from dlcourse.training.run_description import RunDescription
    from dlcourse.training.starting_weights import freeze, start_from

    family = plan.family
    torch.manual_seed(plan.config.seed)  # of the initial weights
    network = family.build(about)
    origin = plan.source or ""
    origin_sha256 = ""
    if plan.begun is not None and plan.run.list_checkpoints():
        origin_sha256 = (
            plan.begun.origin_sha256
        )  # checkpoints have all weights: the source may be gone
    elif plan.source is not None:
        output_names = list(about[family.facts_of_outputs])
        start = start_from(plan.source, network, output_names, family.facts_of_outputs)
        say(start.sentence)
        origin_sha256 = start.sha256
    if plan.freeze:
        say(f"frozen: {freeze(network)}")
    description = RunDescription(
        dlcourse=__version__,
        model=family.model,
        data=name_data(plan),
        about=about,
        options=family.options,
        origin=origin,
        origin_sha256=origin_sha256,
        is_frozen=plan.freeze,
    )
    if plan.begun is not None:
        plan.begun.check_same(description, plan.run.path)
    return network, description


def name_data(plan: RunPlan) -> str:
    """Return the name of a data set as it is, and a path in full, so that it holds in every folder."""
    if plan.data in plan.family.data_sets:
        return plan.data
    return str(Path(plan.data).resolve())


def describe_start(
    plan: RunPlan, about: Mapping[str, Any], data: Any, network: "nn.Module"
) -> list[str]:
    """Say in lines for people what is trained, and on what."""
    num_parameters = sum(parameter.numel() for parameter in network.parameters())
    first, *rest = plan.family.summarize(data, about, plan.data)
    return [f"{plan.family.model}, {num_parameters:,} parameters, {first}", *rest]
