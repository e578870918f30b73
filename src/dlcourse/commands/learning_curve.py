"""The learning curve of a run: its losses and validation figures, epoch by epoch."""

from collections.abc import Sequence
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.figure import Figure  # without pyplot: no window, no global state
from matplotlib.ticker import MaxNLocator

from dlcourse.tasks.figure_files import save_figure
from dlcourse.training.processes import get_rank
from dlcourse.training.progress import Progress

MOST_MARKED_EPOCHS = 30  # more markers than that hide the line
TRAIN_STYLE = "C0-"
VALIDATION_STYLE = "C1--"


def draw_learning_curve(history: Sequence[Progress], path: Path) -> None:
    """Draw a panel of the losses and a panel for each other figure of the validation.

    It takes half a second for the import, a fifth for the figure.
    Raises: EnvironmentProblem when the file cannot be written.
    """
    if get_rank() > 0:  # the first process draws for all
        return
    names = list(history[0].figures)
    others = [name for name in names if name != "loss"]
    num_panels = 1 + len(others)
    figure = Figure(figsize=(4 * num_panels, 3.5), layout="constrained")
    loss_axes, *other_axes = figure.subplots(1, num_panels, squeeze=False)[0]

    train_losses = [progress.train_loss for progress in history]
    _plot(loss_axes, history, train_losses, TRAIN_STYLE, "train")
    if "loss" in names:
        validation_losses = [progress.figures["loss"] for progress in history]
        _plot(loss_axes, history, validation_losses, VALIDATION_STYLE, "validation")
    loss_axes.set(ylabel="loss")
    if min(train_losses) >= 0:
        loss_axes.set(ylim=(0, None))
    loss_axes.legend()

    for name, axes in zip(others, other_axes, strict=True):
        values = [progress.figures[name] for progress in history]
        _plot(axes, history, values, VALIDATION_STYLE, "validation")
        axes.set(ylabel=f"validation {name.replace('_', ' ')}")
    save_figure(figure, path)


def _plot(
    axes: Axes, history: Sequence[Progress], values: Sequence[float], style: str, label: str
) -> None:
    """Draw one curve over the epochs. A single epoch is a point, which no line would show."""
    epochs = [progress.epoch for progress in history]
    marker = "o" if len(history) < MOST_MARKED_EPOCHS else ""
    axes.plot(epochs, values, style, marker=marker, label=label)
    axes.set(xlabel="epoch")
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.grid(alpha=0.3)
