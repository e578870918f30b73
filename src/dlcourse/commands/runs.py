"""What the commands need of a run: its family, its network with its weights, and its figures."""

import difflib
import os
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import nn

from dlcourse.commands.models import MODELS, find_family, is_run
from dlcourse.errors import CheckpointError, DLCourseError, EnvironmentProblem, UsageError
from dlcourse.tasks.family import Family
from dlcourse.training.config import TrainConfig
from dlcourse.training.loop import evaluate_task
from dlcourse.training.run_description import RunDescription
from dlcourse.training.run_folder import RunFolder


@dataclass(frozen=True)
class LoadedRun:
    """A run that was read from its folder; the network is on the CPU, ready to be used."""

    folder: RunFolder
    description: RunDescription
    config: TrainConfig
    family: Family
    network: nn.Module


def read_run(folder: RunFolder) -> tuple[RunDescription, TrainConfig, Family]:
    """Return what a run is, its settings, and its family.

    Raises: CheckpointError when there is no run, or its config.json is damaged.
    """
    description, config = folder.read_description()
    try:
        family = find_family(description.model, description.options)
    except (TypeError, ValueError, KeyError, UsageError) as error:
        raise folder.unusable() from error
    return description, config, family


def load_run(
    folder: RunFolder, command: str = "evaluate", others: Sequence[str | Path] = ()
) -> LoadedRun:
    """Return a run with its network and the weights.

    command and others, the words of the command line behind the folder, make the remedy where
    there is no run.
    Raises: as read_run; CheckpointError when there is no checkpoint yet, or a file is damaged;
        UsageError when another word is the run.
    """
    if not folder.has_run():
        raise no_run(folder.path, command, others)
    description, config, family = read_run(folder)
    try:
        network = family.build(description.about)
    except (TypeError, ValueError, KeyError, AttributeError) as error:
        raise folder.unusable() from error
    folder.restore_weights(network)
    return LoadedRun(folder, description, config, family, network.eval())


def no_run(
    path: Path, command: str = "evaluate", others: Sequence[str | Path] = ()
) -> DLCourseError:
    """Return the error for a folder without a run; its remedy is the command that was meant."""
    words = [str(path), *map(str, others)]
    for word in words[1:]:
        if is_run(word):
            words.remove(word)
            right = shlex.join(["dlcourse", command, word, *words])
            return UsageError("RUN_DIR comes first", f"write {right}")

    problem = f"there is no run folder {path}"
    if os.path.isfile(path):
        problem = f"{path} is a file, not the folder of a run"
    elif os.path.isdir(path):
        problem = f"{path} contains no run and no checkpoint yet"
    near = find_near_runs(path, words[1:])
    if near:
        names = " or ".join(shlex.quote(str(run)) for run in near)
        return CheckpointError(problem, f"did you mean {names}?")
    model = path.name.lower()
    train = f"dlcourse train {model}" if model in MODELS else "dlcourse train"
    return CheckpointError(problem, f"create one with {train}")


def find_near_runs(path: Path, others: Sequence[str] = ()) -> list[Path]:
    """Return at most three runs that a path without a run could mean.

    They are the folder around it, a folder in it, or one in runs/ with a similar name.
    """
    for folder in (path.parent, path.parent.parent):
        if is_run(folder):
            return [folder]
    if os.path.isdir(path):
        inside = sorted(path.glob("*/config.json"))
        return [config.parent for config in inside[:3]]
    names = sorted(run.parent.name for run in Path("runs").glob("*/config.json"))
    wanted = "-".join([path.name, *others[:1]]).lower()  # as train names a run: MODEL-DATA
    close = difflib.get_close_matches(wanted, names, n=1)
    of_model = [name for name in names if name.startswith(path.name.lower())]
    return [Path("runs", name) for name in close or of_model[:3]]


def measure_test(
    family: Family,
    network: nn.Module,
    data: Any,
    device: torch.device,
    figures_folder: Path | None = None,
) -> dict[str, Any]:
    """Measure a network on the test split; return the figures as the commands print them.

    With a folder, the family's figures are drawn there; where it cannot be written, "figures" is
    empty and "figures_problem" says why.
    """
    # The Trainer leaves it in channels_last, whose sums have other last digits than a loaded
    # network's.
    network.to(memory_format=torch.contiguous_format)  # type: ignore[call-overload]
    batches = family.make_batches(data, "test", device)
    figures = evaluate_task(family, network, batches, device)
    headline = family.headline
    names = [headline, *(name for name in figures if name != headline)]
    result: dict[str, Any] = {"metric": f"test_{headline}", "metric_value": figures[headline]}
    for name in names:
        result[f"test_{name}"] = figures[name]
    if figures_folder is not None:
        result["figures"] = []
        try:
            paths = family.draw_figures(network, data, device, figures_folder)
            result["figures"] = [str(path) for path in paths]
        except EnvironmentProblem as error:
            result["figures_problem"] = str(error)
    return result


def describe_test(result: Mapping[str, Any]) -> str:
    """Return the figures of measure_test as part of a sentence."""
    parts = []
    for name, value in result.items():
        if name.startswith("test_"):
            parts.append(f"{name.replace('_', ' ')} {value:.4f}")
    return ", ".join(parts)
