"""Descriptions of the settings of a run, by the names of their options and beside the recipe."""

import dataclasses
from typing import Any

from dlcourse.training.config import TrainConfig


def describe_changes(config: TrainConfig, recipe: TrainConfig) -> str:
    """Return the settings that differ from the recipe, as a part of a sentence."""
    changes = []
    for option, value, usual in _list_settings(config, recipe):
        if value != usual:
            changes.append(f"{option} {value} (recipe: {usual})")
    return ", ".join(changes) or "the settings of the recipe"


def describe_settings(config: TrainConfig, recipe: TrainConfig) -> str:
    """Return the settings as a table in plain text, with the recipe's where that differs."""
    lines = []
    for option, value, usual in _list_settings(config, recipe):
        line = f"{option:21} {value}"
        if value != usual:
            line = f"{line:32} recipe: {usual}"
        lines.append(line)
    return "\n".join(lines)


def _list_settings(config: TrainConfig, recipe: TrainConfig) -> list[tuple[str, str, str]]:
    """Return for each setting its option, its value, and the value that the recipe has."""
    rows = []
    usual = dataclasses.asdict(recipe)
    for name, value in dataclasses.asdict(config).items():
        option = f"--{name.replace('_', '-')}"
        rows.append((option, _describe(value), _describe(usual[name])))
    return rows


def _describe(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value) or "none"
