"""Figures of a policy: the map with an arrow for each action."""

from pathlib import Path
from typing import Any

import torch
from matplotlib.figure import Figure
from torch import Tensor

from dlcourse.data.environments import MOVES, Environment, find_values
from dlcourse.tasks.figure_files import save_figure


def draw_policy(
    environment: Environment,
    probabilities: Tensor,
    discount: float,
    num_steps: int,
    path: Path,
) -> None:
    """Draw the map: the color of a place is its value, an arrow is as long as its action is likely.

    Shapes: probabilities (states, actions).
    """
    width = len(environment.rows[0])
    signs = "".join(environment.rows)
    is_free = torch.tensor([sign in "S.c" for sign in signs])
    values = find_values(environment, discount, num_steps, probabilities)
    shown = values.masked_fill(~is_free, torch.nan).reshape(-1, width)
    figure = Figure(figsize=(2 + width, 1 + len(shown)), layout="constrained")
    axes = figure.subplots()
    image = axes.imshow(shown.numpy(), cmap="Blues", vmin=0, alpha=0.7)
    figure.colorbar(image, label="expected return")
    for state, sign in enumerate(signs):
        row, column = divmod(state, width)
        axes.text(
            column - 0.4,
            row - 0.25,
            sign.replace(".", ""),
            weight="bold",
        )
    rows, columns = is_free.reshape(-1, width).nonzero().T
    for action, likely in zip(environment.actions, probabilities[is_free].T, strict=True):
        down, right = MOVES[action]
        length = 0.45 * likely
        in_places: dict[str, Any] = {"angles": "xy", "scale_units": "xy", "scale": 1}
        axes.quiver(columns, rows, length * right, length * down, **in_places)
    axes.set(
        xlabel="column",
        ylabel="row",
        xticks=range(width),
        yticks=range(len(shown)),
    )
    save_figure(figure, path)
