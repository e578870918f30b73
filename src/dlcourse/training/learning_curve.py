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
    train_losses = [progress.train_loss for progress in history]
    validation_losses = [progress.validation_loss for progress in history]
    validation_accuracies = [progress.validation_accuracy for progress in history]
    marker = "o" if len(history) < 30 else ""  # a single epoch is a point, and would be invisible as a line
    figure = Figure(figsize=(8, 3.5), layout="constrained")
    FigureCanvasAgg(figure)
    loss_axes, accuracy_axes = figure.subplots(1, 2)
    loss_axes.plot(epochs, train_losses, marker=marker, label="training")
    loss_axes.plot(epochs, validation_losses, marker=marker, linestyle="--", label="validation")
    loss_axes.set(xlabel="epoch", ylabel="loss (nats)", ylim=(0, None))
    loss_axes.legend()
    accuracy_axes.plot(epochs, validation_accuracies, marker=marker, color="C1", linestyle="--")
    accuracy_axes.set(xlabel="epoch", ylabel="validation accuracy")
    for axes in (loss_axes, accuracy_axes):
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
        axes.grid(alpha=0.3)
    picture = io.BytesIO()
    figure.savefig(picture, format="png", dpi=120)
    return picture.getvalue()
