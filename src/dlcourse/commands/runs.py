"""What the commands need of a run: its family, its network with its weights, and its figures."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import nn

from dlcourse.commands.models import find_family
from dlcourse.errors import UsageError
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


def load_run(folder: RunFolder) -> LoadedRun:
    """Return a run with its network and the weights.

    Raises: as read_run; CheckpointError when there is no checkpoint yet, or a file is damaged.
    """
    description, config, family = read_run(folder)
    try:
        network = family.build(description.about)
    except (TypeError, ValueError, KeyError, AttributeError) as error:
        raise folder.unusable() from error
    folder.restore_weights(network)
    return LoadedRun(folder, description, config, family, network.eval())


def measure_test(
    family: Family,
    network: nn.Module,
    data: Any,
    device: torch.device,
    figures_folder: Path | None = None,
) -> dict[str, Any]:
    """Measure a network on the test split; return the figures as the commands print them.

    With a folder, the family's figures are drawn there.
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
        paths = family.draw_figures(network, data, device, figures_folder)
        result["figures"] = [str(path) for path in paths]
    return result


def describe_test(result: Mapping[str, Any]) -> str:
    """Return the figures of measure_test as part of a sentence."""
    parts = []
    for name, value in result.items():
        if name.startswith("test_"):
            parts.append(f"{name.replace('_', ' ')} {value:.4f}")
    return ", ".join(parts)
