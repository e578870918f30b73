"""The picture of a run: its losses and its accuracy, epoch by epoch."""

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

from matplotlib.backends.backend_agg import FigureCanvasAgg  # without pyplot: no window, no global state
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

if TYPE_CHECKING:
    from dlcourse.training.progress import Progress


def draw_learning_curve(history: "Sequence[Progress]") -> bytes:
    """Draw the finished epochs of a run; return the picture as PNG."""
    epochs = [progress.epoch for progress in history]
    marker = "o" if len(history) < 30 else ""  # a single epoch is a point, and would be invisible as a line
    figure = Figure(figsize=(8, 3.5), layout="constrained")
    FigureCanvasAgg(figure)
    loss_axes, accuracy_axes = figure.subplots(1, 2)
    for axes, name, style in (
        (loss_axes, "train_loss", "C0-"),
        (loss_axes, "validation_loss", "C1--"),
        (accuracy_axes, "validation_accuracy", "C1--"),
    ):
        values = [getattr(progress, name) for progress in history]
        axes.plot(epochs, values, style, marker=marker, label=name.partition("_")[0])
        axes.set(xlabel="epoch", ylabel=name.replace("_", " "))
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
        axes.grid(alpha=0.3)
    loss_axes.set(ylabel="loss (nats)", ylim=(0, None))
    loss_axes.legend()
    picture = io.BytesIO()
    figure.savefig(picture, format="png", dpi=120)
    return picture.getvalue()
