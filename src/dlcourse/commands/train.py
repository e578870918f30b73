"""`dlcourse train`, and the function that does it, for notebooks, tests and benchmarks."""

import dataclasses
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dlcourse import __version__
from dlcourse.commands import options as option
from dlcourse.commands.exit_codes import show, wrong_arguments_as_usage_errors
from dlcourse.commands.models import find_family, read_data, read_model
from dlcourse.commands.settings import describe_changes, describe_settings
from dlcourse.training.config import TrainConfig, check_same_run

if TYPE_CHECKING:
    from torch import nn

    from dlcourse.tasks.family import Family
    from dlcourse.training.progress import Progress
    from dlcourse.training.run_description import RunDescription
    from dlcourse.training.run_folder import RunFolder
    from dlcourse.training.trainer import Trainer


@option.takes_settings
def train(
    model: option.Model,
    data: option.Data = None,
    options: option.Set = None,
    pictures: option.OldFigures = False,
    tensorboard: option.TensorBoard = False,
    show_config: option.ShowConfig = False,
    as_json: option.Json = False,
    *,
    choices: option.RunChoices,
    settings: dict[str, Any],
) -> None:
    """Train MODEL on DATA and save the run in a folder.

    DATA defaults to the built-in digits, for models of text, such as lstm, to the text of this
    course, for segmenter and detector to scenes of the digits, and for reinforce to a corridor.
    Options that you leave out take their values from the recipe for MODEL and DATA, or from the run
    that you resume; --show-config prints them.

    \b
    Example:
      dlcourse train mlp
      dlcourse train lenet mnist --resume
      dlcourse train cnn my/images --augment shift,flip
      dlcourse train gru my/novel.txt --set context=128
    """
    out = sys.stderr if as_json else sys.stdout
    if pictures:
        choices = dataclasses.replace(choices, figures=True)
    plan = plan_run(
        model,
        data,
        settings=settings,
        options=option.read_pairs(options),
        is_trained=not show_config,
        **vars(choices),
    )
    if show_config:
        recipe = plan.family.find_recipe(plan.data)
        show(dataclasses.asdict(plan.config), as_json, describe_settings(plan.config, recipe))
        return

    from dlcourse.commands.display import ProgressDisplay, open_tensorboard
    from dlcourse.commands.runs import describe_test

    log = open_tensorboard(plan.run.path / "tensorboard") if tensorboard else None
    with ProgressDisplay(out, log, plan.family.example_name) as display:
        result = train_plan(plan, report=display, say=partial(print, file=out, flush=True))
    how = f"trained in {result['train_seconds']:.1f} s; the run is saved in {plan.run.path}"
    show(result, as_json, f"{describe_test(result)}, {how}")


@dataclass(frozen=True)
class RunPlan:
    """A run to train: its model, data, settings and folder.

    source: what the network starts from, as --from names it; None is random weights.
    begun: the run in the folder that is continued, if there is one.
    """

    family: "Family"
    data: str
    run: "RunFolder"
    config: TrainConfig
    choices: option.RunChoices
    source: str | None = None
    is_frozen: bool = False
    begun: "RunDescription | None" = None


def plan_run(
    model: str,
    data: str | None = None,
    *,
    settings: Mapping[str, Any] | None = None,
    options: Mapping[str, Any] | None = None,
    is_trained: bool = True,
    **choices_of_run: Any,
) -> RunPlan:
    """Choose the family, the folder and the settings of a run; read the run that is resumed.

    settings are the fields of TrainConfig that differ from the recipe, options those of the model,
    and the other keywords are the fields of RunChoices, such as run_dir.
    Raises: UsageError for arguments that do not fit together, or a folder that is not free.
    """
    model = read_model(model, data)
    choices = option.RunChoices(**choices_of_run)
    settings = settings or {}
    with wrong_arguments_as_usage_errors():
        TrainConfig(**settings)  # before PyTorch is imported, which takes a second
        if choices.overwrite and choices.resume:
            raise ValueError("resume cannot be given with --overwrite: leave one of them out")

    from dlcourse.training.run_folder import RunFolder

    family = find_family(model, options)
    if choices.figures:
        family.check_can("draw_figures")
    if data is not None:
        data = read_data(data, family)
    run = RunFolder(choices.run_dir or choose_folder(model, data))
    data = data or family.default_data
    family.check_data(data)
    with wrong_arguments_as_usage_errors():
        config = dataclasses.replace(family.find_recipe(data), **settings)
        plan = RunPlan(family, data, run, config, choices, choices.source, choices.freeze)
        if choices.resume and run.has_run():
            plan = continue_run(plan, settings, options or {})
        elif is_trained:
            run.check_free(overwrite=choices.overwrite)  # before anything slow
        if plan.is_frozen and plan.source is None:
            raise ValueError("freeze needs --from: an untrained network has nothing to keep")
    return plan


def continue_run(plan: RunPlan, settings: Mapping[str, Any], options: Mapping[str, Any]) -> RunPlan:
    """Return the plan with what the run in the folder was started with.

    Raises: CheckpointError for a folder that cannot be read; ValueError for a setting that differs.
    """
    from dlcourse.commands.runs import read_run

    begun, begun_config, begun_family = read_run(plan.run)
    config = dataclasses.replace(begun_config, **settings)
    check_same_run(begun_config, config)
    family = plan.family
    if family.model == begun.model:
        family = find_family(family.model, {**begun_family.options, **options})
    source = plan.source
    if source is None:
        source = begun.origin or None
    is_frozen = plan.is_frozen or begun.is_frozen
    return dataclasses.replace(
        plan, family=family, config=config, source=source, is_frozen=is_frozen, begun=begun
    )


def choose_folder(model: str, data: str | None) -> Path:
    """Return the default folder of a run: runs/MODEL-DATA."""
    if data is None:
        return Path("runs", model)
    name = Path(os.path.abspath(data)).name  # the last part of a path, also of "." and "my/images/"
    return Path("runs", f"{model}-{name}")


def train_run(
    model: str,
    data: str | None = None,
    *,
    report: "Callable[[Progress], None] | None" = None,
    say: Callable[[str], None] = print,
    **plan: Any,
) -> dict[str, Any]:
    """Train a model on data as `dlcourse train` does; return what it prints with --json.

    report is called with the Progress of the run, say with sentences for people. The other keywords
    are those of plan_run: settings, options, run_dir, overwrite, resume, ...
    """
    return train_plan(plan_run(model, data, **plan), report=report, say=say)


def train_plan(
    plan: RunPlan,
    data: Any = None,
    *,
    report: "Callable[[Progress], None] | None" = None,
    say: Callable[[str], None] = print,
) -> dict[str, Any]:
    """Train what was planned; return the result. data are those that the plan names, unless given.

    Raises: as Trainer.fit; CheckpointError for a run that was started otherwise.
    """
    from dlcourse.commands.runs import measure_test
    from dlcourse.training.trainer import Trainer

    family = plan.family
    if data is None:
        data = family.load(plan.data, plan.choices.data_dir, plan.choices.stream)
    about = family.about(data)
    network, description = start_network(plan, about, say, getattr(data, "digest", ""))
    trainer = Trainer(network, plan.config, plan.run, report=report, say=say, task=family)
    fitted = family.fit_data(data, about)
    fit_run(plan, description, trainer, fitted, family.summarize(data, about))
    last = trainer.history[-1]
    figures_folder = plan.run.path if plan.choices.figures else None
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


def fit_run(
    plan: RunPlan,
    description: "RunDescription",
    trainer: "Trainer",
    data: Any,
    summary: Sequence[str],
) -> None:
    """Train in the run's folder, from its creation to its learning curve."""
    from dlcourse.commands.learning_curve import draw_learning_curve
    from dlcourse.training.signals import stop_at_signals

    family = plan.family
    choices = plan.choices
    with wrong_arguments_as_usage_errors():
        train_batches = family.make_batches(
            data, "train", trainer.device, plan.config, choices.stream
        )
    validation_batches = family.make_batches(data, "validation", trainer.device)
    with plan.run.lock():
        if plan.begun is None:
            content = description.as_content()
            with wrong_arguments_as_usage_errors():
                plan.run.create(content, plan.config, overwrite=choices.overwrite)
        num_parameters = sum(weight.numel() for weight in trainer.model.parameters())
        for line in summary:
            trainer.say(line)
        trainer.say(f"{family.model}, {num_parameters:,} parameters")
        changes = describe_changes(plan.config, family.find_recipe(plan.data))
        trainer.say(f"{train_batches.place}, on {trainer.device} with {changes}")
        if choices.resume and plan.begun is None:
            nothing = f"there is no run in {plan.run.path} to resume"
            trainer.say(f"{nothing}: starting from the beginning")
        with stop_at_signals(trainer.stop):
            trainer.fit(train_batches, validation_batches, resume=choices.resume)
        draw_learning_curve(trainer.history, plan.run.learning_curve)


def start_network(
    plan: RunPlan, about: Mapping[str, Any], say: Callable[[str], None], data_digest: str = ""
) -> "tuple[nn.Module, RunDescription]":
    """Build the network of a run with its initial weights; return its description, too.

    Raises: CheckpointError when the run in the folder was started otherwise.
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
        # The checkpoints have all weights: the source may no longer exist.
        origin_sha256 = plan.begun.origin_sha256
    elif plan.source is not None:
        output_names = list(about[family.facts_of_outputs])
        start = start_from(
            plan.source,
            network,
            output_names,
            family.facts_of_outputs,
            family.is_input_named,
        )
        say(start.sentence)
        origin_sha256 = start.sha256
    if plan.is_frozen:
        say(f"frozen: {freeze(network)}")
    description = RunDescription(
        dlcourse=__version__,
        model=family.model,
        data=name_data(plan),
        about=about,
        options=family.options,
        origin=origin,
        origin_sha256=origin_sha256,
        is_frozen=plan.is_frozen,
        data_digest=data_digest,
    )
    if plan.begun is not None:
        plan.begun.check_same(description, plan.run.path)
    return network, description


def name_data(plan: RunPlan) -> str:
    """Return the name of a data set as it is, and a path in full: it holds in every folder."""
    if plan.data in plan.family.data_sets:
        return plan.data
    return str(Path(plan.data).resolve())
